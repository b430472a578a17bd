"""HTML made of escaped parts: nothing that people typed becomes markup."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Markup that is safe as it is."""

    __slots__ = ()


def text(part: object) -> Html:
    """Anything as text; markup made here stays markup."""
    return part if isinstance(part, Html) else Html(escape(str(part)))


def tag(name: str, /, *parts: object, **attributes: str) -> Html:
    """An element; `class_` and `for_` stand for the words that Python keeps."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{told}>{''.join(map(text, parts))}</{name}>")


def alone(name: str, /, **attributes: str) -> Html:
    """An element without content (`meta`, `input`…)."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{told}>")


def joined(parts: Iterable[object]) -> Html:
    """Parts one after the other."""
    return Html("".join(map(text, parts)))


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], none: str) -> Html:
    """A table under its title; the sentence `none` when it has no row."""
    head = tag("h2", title)
    if not rows:
        return tag("section", head, tag("p", none, class_="none"))
    body = joined(tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    columns = tag("tr", *(tag("th", name, scope="col") for name in heads))
    inside = tag("table", tag("thead", columns), tag("tbody", body))
    return tag("section", head, tag("div", inside, class_="wide"))


def page(title: str, *parts: object, refresh: int = 0) -> str:
    """A whole document, in French, with our one style sheet and nothing from elsewhere."""
    again = alone("meta", http_equiv="refresh", content=str(refresh)) if refresh else Html("")
    head = tag(
        "head",
        alone("meta", charset="utf-8"),
        alone("meta", name="viewport", content="width=device-width, initial-scale=1"),
        alone("meta", name="color-scheme", content="light dark"),
        again,
        tag("title", title),
        alone("link", rel="stylesheet", href="/page.css"),
    )
    return f"<!doctype html>{tag('html', head, tag('body', *parts), lang='fr')}"
