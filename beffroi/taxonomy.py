"""The controlled tags that qualify entries: two levels, a domain and its subjects."""

from collections.abc import Sequence

DOMAINS = (
    "SEC", "SDC", "TRA", "RES", "CYB", "MET", "ORG", "LOG",
    "ACC", "ENV", "SOC", "MED", "INT", "OUT", "GOU", "RH",
)  # fmt: skip


def theme_index(tags: Sequence[str]) -> int:
    """The domain of an entry's first known tag, 1–16 in the order of `DOMAINS`; 0 for none."""
    for tag in tags:
        domain = tag.split(".", 1)[0]
        if domain in DOMAINS:
            return DOMAINS.index(domain) + 1
    return 0
