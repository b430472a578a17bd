"""What a quickly typed line already says: its time, gravity, grading, tags, place, importance.

Marks are shorthand written beside the sentence (`g3`, `B3`, `#ferré`, `★`): kept as fields, they
leave the text.  Times, `@place` and « Décision : » belong to the sentence and stay in it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from beffroi import when
from beffroi.clock import PARIS
from beffroi.logbook.entry import Nature, TimePrecision
from beffroi.when import When

MAX_READ = 4_000
"""Beyond this many characters a text is a document, not a quick line: no more hints are sought."""


class HintKind(StrEnum):
    """Which field a hint fills."""

    TIME = "time"
    GRAVITY = "gravity"
    GRADE = "grade"
    TAG = "tag"
    KEY = "key"
    PLACE = "place"
    NATURE = "nature"


MARKS = frozenset({HintKind.GRAVITY, HintKind.GRADE, HintKind.TAG, HintKind.KEY})
"""Kinds that are written beside the sentence and leave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Something understood in the text, between `start` and `end`.

    `value` is an int (gravity), « B3 » or « B1/123 » (grade and corroborating entry), the word
    after `#` or `@`, a `Nature`, or empty; `when` is set for a time.
    """

    kind: HintKind
    start: int
    end: int
    value: str = ""
    when: When | None = None


_GAP = r"(?<![^\s(])"
_STOP = r"(?![^\s),;.])"
_GRAVITY = re.compile(rf"{_GAP}(?:g|gravité\s?|gravite\s?)([0-4]){_STOP}", re.IGNORECASE)
_NUMBER = r"(?:\s?(?:/|n°\s?|#)\s?(?P<ref>\d{1,7}))?"
_GRADE = re.compile(
    rf"{_GAP}(?P<sure>=|cotation\s|cote\s|coté\s|cotée\s)?(?P<grade>[A-F][1-6]){_NUMBER}{_STOP}"
)
_TAG = re.compile(rf"{_GAP}#(\w[\w.’'-]*\w|\w)")
_KEY = re.compile(rf"{_GAP}(?:★|!!){_STOP}|^!(?=\s)")
_PLACE = re.compile(r"(?<![\w@])@(\w[\w’'-]*)")
_NATURE = re.compile(
    r"\s*(?P<word>information|renseignement|demande|décision|decision|mesure|compte[ -]rendu|relève"
    r"|releve|communication)\s?:",
    re.IGNORECASE,
)
_NATURES = {
    "info": Nature.INFO,
    "rens": Nature.INTEL,
    "dema": Nature.REQUEST,
    "deci": Nature.DECISION,
    "déci": Nature.DECISION,
    "mesu": Nature.MEASURE,
    "comp": Nature.REPORT,
    "relè": Nature.HANDOVER,
    "rele": Nature.HANDOVER,
    "comm": Nature.COMMS,
}
_NAMED = re.compile(
    r"(?:b[âa]timent|b[âa]t|porte|hall|ligne|niveau|quai|poste|zone|secteur|salle|voie|terminal"
    r"|tribune|bloc|parking|sortie|case|rer|sur|l’|l')\.?$",
    re.IGNORECASE,
)
"""Words whose name follows: the hall B3, on the A6."""
_ROADS = "ADE"
"""Letters that also name roads or gates (A6, D4, E5): alone in a sentence they are no grading."""


def find(
    text: str, *, now: int, zone: ZoneInfo = PARIS, places: Collection[str] = ()
) -> list[Hint]:
    """The hints in `text`, in order; `places` are names chosen after `@`, spaces included."""
    text = text[:MAX_READ]
    times = [
        Hint(kind=HintKind.TIME, start=w.span[0], end=w.span[1], when=w)
        for w in when.find(text, now=now, zone=zone)
    ]
    marks = [*_gravities(text), *_tags(text), *_keys(text)]
    marks += _grades(text, marks, _places(text, places), times)
    found = sorted([*marks, *_places(text, places), *_nature(text), *times[:1]], key=_order)
    return _apart(found)


def _order(hint: Hint) -> tuple[int, int]:
    return hint.start, -hint.end


def _apart(hints: Iterable[Hint]) -> list[Hint]:
    """Hints that do not overlap, the first kept, and one of each kind but tags."""
    kept: list[Hint] = []
    for hint in hints:
        again = hint.kind is not HintKind.TAG and any(k.kind is hint.kind for k in kept)
        if not again and (not kept or hint.start >= kept[-1].end):
            kept.append(hint)
    return kept


def _gravities(text: str) -> list[Hint]:
    return [
        Hint(kind=HintKind.GRAVITY, start=m.start(), end=m.end(), value=m[1])
        for m in _GRAVITY.finditer(text)
    ]


def _tags(text: str) -> list[Hint]:
    return [
        Hint(kind=HintKind.TAG, start=m.start(), end=m.end(), value=m[1])
        for m in _TAG.finditer(text)
    ]


def _keys(text: str) -> list[Hint]:
    return [Hint(kind=HintKind.KEY, start=m.start(), end=m.end()) for m in _KEY.finditer(text)]


def _grades(text: str, marks: list[Hint], places: list[Hint], times: list[Hint]) -> list[Hint]:
    """Gradings: announced (`=A2`, « cotation A2 »), among the marks, or at the end of the line."""
    found = []
    for match in _GRADE.finditer(text):
        alone = _ends_the_line(text, match, marks, places) or _among_marks(
            text, match, marks, [*places, *times]
        )
        if not match["sure"] and not alone:
            continue
        reference = f"/{match['ref']}" if match["ref"] else ""
        value = match["grade"] + reference
        found.append(Hint(kind=HintKind.GRADE, start=match.start(), end=match.end(), value=value))
    return found


def _rest(text: str, match: re.Match[str], hints: list[Hint]) -> str:
    """What follows a grading and is not understood as something else."""
    rest = text[match.end() :]
    for hint in sorted(hints, key=_order):
        if hint.start >= match.end():
            rest = rest.replace(text[hint.start : hint.end], "", 1)
    return rest.strip(" .,;)")


def _among_marks(text: str, match: re.Match[str], marks: list[Hint], said: list[Hint]) -> bool:
    """« … g3 B3 vers 4h »: right after a mark, and nothing but marks, a time or a place behind."""
    before = text[: match.start()].rstrip()
    return any(m.end == len(before) for m in marks) and not _rest(text, match, [*marks, *said])


def _ends_the_line(text: str, match: re.Match[str], marks: list[Hint], places: list[Hint]) -> bool:
    before = text[: match.start()].rstrip()
    if _rest(text, match, [*marks, *places]) or _NAMED.search(before):
        return False
    beside = any(mark.end == len(before) for mark in marks)
    pause = not before or before[-1] in ".,;:!?)–—-"
    return beside or pause or match["grade"][0] not in _ROADS


def _places(text: str, places: Collection[str]) -> list[Hint]:
    found = []
    for match in _PLACE.finditer(text):
        rest = text[match.start() + 1 :]
        chosen = max((p for p in places if p and rest.startswith(p)), key=len, default=match[1])
        end = match.start() + 1 + len(chosen)
        found.append(Hint(kind=HintKind.PLACE, start=match.start(), end=end, value=chosen))
    for name in places:
        at = text.find(f"@{name}")
        if at >= 0 and not any(h.start == at for h in found):
            found.append(Hint(kind=HintKind.PLACE, start=at, end=at + 1 + len(name), value=name))
    return found


def _nature(text: str) -> list[Hint]:
    match = _NATURE.match(text)
    if match is None:
        return []
    nature = _NATURES[match["word"].lower()[:4]]
    start, end = match.start("word"), match.end("word")
    return [Hint(kind=HintKind.NATURE, start=start, end=end, value=nature.value)]


def sentence(text: str, kept: Iterable[Hint]) -> str:
    """`text` as it will be published: kept marks taken out, `@` signs dropped."""
    pieces, at = [], 0
    for hint in sorted(kept, key=_order):
        if hint.start < at:
            continue
        if hint.kind in MARKS:
            pieces.append(text[at : hint.start])
            at = hint.end
        elif hint.kind is HintKind.PLACE:
            pieces.append(text[at : hint.start])
            at = hint.start + 1
    pieces.append(text[at:])
    whole = "".join(pieces)
    if at and at == len(text.rstrip()) and len(whole) < len(text):
        whole = whole.rstrip(" \t,;:–—-")
    return re.sub(r"[ \t]{2,}", " ", re.sub(r"[ \t]+(?=[,.)\n]|$)", "", whole)).strip()


def fields(kept: Iterable[Hint], tags: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a `Content` that hints fill; `tags` gives the code of each word after `#`.

    The place and the entry that corroborates are looked up elsewhere.
    """
    known: dict[str, Any] = {}
    codes: list[str] = []
    for hint in kept:
        match hint.kind:
            case HintKind.TIME if hint.when is not None:
                known["event_time"] = hint.when.start
                known["event_end"] = hint.when.end
                known["time_precision"] = TimePrecision(hint.when.precision)
            case HintKind.GRAVITY:
                known["gravity"] = int(hint.value)
            case HintKind.GRADE:
                known["source_grade"] = hint.value[0]
                known["credibility"] = int(hint.value[1])
            case HintKind.TAG if hint.value in tags and tags[hint.value] not in codes:
                codes.append(tags[hint.value])
            case HintKind.KEY:
                known["key_event"] = True
            case HintKind.NATURE:
                known["nature"] = Nature(hint.value)
            case _:
                pass
    if codes:
        known["tags"] = tuple(codes)
    return known


def corroborated_by(kept: Iterable[Hint]) -> str:
    """The number of the entry said to corroborate (« B1/123 »), or nothing."""
    return next((h.value[3:] for h in kept if h.kind is HintKind.GRADE and "/" in h.value), "")
