"""Where the searched words stand in a text, whatever their accents and case."""

import re
from collections.abc import Iterable
from html import escape

from beffroi.logbook.query import Query
from beffroi.logbook.words import fold

_ENDLESS = re.compile(r"[^\W\d_]{15}(?=[^\W\d_]{15})")
"""Words so long that they would run out of a narrow panel; addresses and digests stay as they are."""


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """The (start, end) of every word of `text` that begins with a searched word, merged."""
    needles = [folded for word in words if (folded := fold(word).strip())]
    if not needles:
        return []
    folded, origin = _folded(text)
    found = sorted(span for needle in needles for span in _occurrences(folded, needle))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        first, last = origin[start], origin[end - 1] + 1
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def as_html(text: str, words: Iterable[str], colour: str) -> str:
    """`text` as HTML, its lines kept, the searched words on a ground of `colour`."""
    pieces: list[str] = []
    at = 0
    for start, end in spans(text, words):
        pieces.append(_plain(text[at:start]))
        pieces.append(f'<span style="background:{colour}">{_plain(text[start:end])}</span>')
        at = end
    pieces.append(_plain(text[at:]))
    return "".join(pieces).replace("\n", "<br>")


def _plain(text: str) -> str:
    return escape(_ENDLESS.sub("\\g<0>\u200b", text))


def words_of(query: Query | None) -> tuple[str, ...]:
    """The words that a search asks for."""
    terms = query.terms if query is not None else ()
    return tuple(word for term in terms if not term.without for word in term.words)


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each character of it the character of `text` it comes from."""
    pieces: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        piece = fold(char)
        pieces.append(piece)
        origin.extend([at] * len(piece))
    return "".join(pieces), origin


def _occurrences(text: str, needle: str) -> Iterable[tuple[int, int]]:
    at = text.find(needle)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            yield at, at + len(needle)
        at = text.find(needle, at + 1)
