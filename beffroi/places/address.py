"""Reads a postal address well enough to find its street or, failing that, its commune."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from beffroi.places.folding import fold

_STREETS = {
    "rue", "avenue", "av", "boulevard", "bd", "bld", "place", "pl", "quai", "chemin", "allee",
    "impasse", "route", "rte", "cours", "square", "passage", "villa", "esplanade", "faubourg",
    "pont", "voie", "sentier", "promenade", "parvis", "rond", "residence", "lotissement",
}  # fmt: skip
_SPELT = {"av": "avenue", "bd": "boulevard", "bld": "boulevard", "pl": "place", "rte": "route"}
_NUMBER = re.compile(r"\s*\d{1,4}(?:\s*-\s*\d{1,4})?\s*(?:bis|ter|quater|[a-d])?\b[\s,]*", re.I)
_POSTCODE = re.compile(r"\b(\d{5})\b")


@dataclass(frozen=True)
class Address:
    """What was found in the words: folded street, and possible communes from the longest on."""

    street: str
    postcode: str
    towns: tuple[str, ...]


def read(words: str) -> Address | None:
    """The address in the words; None when they do not look like one."""
    postcode = found[1] if (found := _POSTCODE.search(words)) else ""
    number = _NUMBER.match(words)
    rest = words[number.end() :] if number and not _POSTCODE.match(words.strip()) else words
    numbered = rest is not words
    before, _comma, after = _POSTCODE.sub(",", rest, count=1).partition(",")
    street = fold(before).split()
    if not numbered and not (street and street[0] in _STREETS):
        return None
    towns = tuple(_towns(fold(after).split())) if fold(after) else tuple(_towns(street[1:]))
    if street and street[0] in _SPELT:
        street[0] = _SPELT[street[0]]
    return Address(" ".join(street), postcode, towns)


def _towns(words: list[str]) -> Iterator[str]:
    """Every end of the words, the longest first: « de rivoli paris », « rivoli paris », « paris »."""
    for start in range(max(0, len(words) - 8), len(words)):
        yield " ".join(words[start:])
