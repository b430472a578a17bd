"""Who may see what is said of some entries: only those who hold every caveat of each of them."""

from beffroi.logbook.entry import Content


def audience(*contents: Content) -> str:
    """The caveats of all of `contents`, sorted and joined by `+`; "" when there is none."""
    return "+".join(sorted({caveat for content in contents for caveat in content.caveats}))
