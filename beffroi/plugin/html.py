"""Turns the HTML that feeds carry into plain words, in time that grows with their length only.

The standard parser is not used: sixty thousand unclosed tags keep it busy for minutes.
"""

import html
import re

MAX_CHARACTERS = 200_000
_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "blockquote",
        "section",
        "article",
        "pre",
        "dt",
        "dd",
    ]
)
_UNSEEN = frozenset(["script", "style", "head", "title", "noscript", "template", "iframe", "svg"])
_TAG = re.compile(r"<(!--|/?)([a-zA-Z][a-zA-Z0-9]*|)[^<>]*>|<!--")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r" ?\n[ \n]*")


def plain(words: str) -> str:
    """The words without tags, scripts or entities; lines where blocks began, links left out."""
    words = words[:MAX_CHARACTERS]
    if "<" in words:
        words = "".join(_said(words))
    words = html.unescape(words) if "&" in words else words
    return _LINES.sub("\n", _SPACES.sub(" ", words)).strip()


def _said(words: str) -> list[str]:
    """The parts of `words` that a reader would see."""
    said: list[str] = []
    start = depth = 0
    while (tag := _TAG.search(words, start)) is not None:
        comment = tag[0].startswith("<!--")
        name = (tag[2] or "").lower()
        if not (name or comment or tag[0].startswith(("<!", "<?"))):
            said.append(words[start : tag.start() + 1])
            start = tag.start() + 1
            continue
        if not depth:
            said.append(words[start : tag.start()])
        start = _after_comment(words, tag.start()) if comment else tag.end()
        if name in _UNSEEN:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        elif name in _BREAKS and not depth:
            said.append("\n")
    if not depth:
        said.append(words[start:])
    return said


def _after_comment(words: str, start: int) -> int:
    end = words.find("-->", start)
    return len(words) if end < 0 else end + 3
