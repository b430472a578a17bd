"""What a program asks of the main courante: words, tags, period, box, gravity; read and bounded."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from beffroi.logbook.words import words
from hub.db import Dialect
from hub.http.openapi import query
from hub.http.trouble import malformed

MOST, USUAL = 500, 100
MAX_WORDS, MAX_TAGS, MAX_CHARS = 12, 12, 200
WORKSPACE = query("workspace", "Which workspace", type="string", maxLength=64)
FILTERS = (
    WORKSPACE,
    query("text", "Words, or their beginnings", required=False, type="string", maxLength=MAX_CHARS),
    query("tag", "Tags, by commas: all of them", required=False, type="string"),
    query("since", "Events from then on (UTC ms)", required=False, type="integer"),
    query("until", "Events before then (UTC ms)", required=False, type="integer"),
    query("box", "`west,south,east,north` in degrees; west > east crosses the antimeridian",
          required=False),
    query("gravity", "At least this gravity", required=False, type="integer", minimum=0, maximum=4),
)  # fmt: skip
PAGING = (
    query("limit", "How many", required=False, type="integer", minimum=1, maximum=MOST),
    query("after", "The `next` of the page before", required=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, with nothing in it that the database could take badly."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    box: tuple[float, float, float, float] | None = None
    gravity: int = 0

    def where(self, dialect: Dialect) -> tuple[str, tuple[str | int | float, ...]]:
        """Conditions on `entity e`, each after an AND, and their marks."""
        conditions: list[str] = []
        marks: list[str | int | float] = []
        if self.words:
            condition, mark = _found(self.words, dialect)
            conditions.append(condition)
            marks.append(mark)
        for tag in self.tags:
            conditions.append("e.uid IN (SELECT uid FROM entity_tag WHERE tag = ?)")
            marks.append(tag)
        for condition, value in (
            ("e.event_time >= ?", self.since),
            ("e.event_time < ?", self.until),
        ):
            if value is not None:
                conditions.append(condition)
                marks.append(value)
        if self.gravity:
            conditions.append("e.gravity >= ?")
            marks.append(self.gravity)
        if self.box is not None:
            west, south, east, north = self.box
            across = "OR" if west > east else "AND"
            conditions.append(f"e.lat BETWEEN ? AND ? AND (e.lon >= ? {across} e.lon <= ?)")
            marks += [south, north, west, east]
        return "".join(f" AND {condition}" for condition in conditions), tuple(marks)


def _found(sought: tuple[str, ...], dialect: Dialect) -> tuple[str, str]:
    """Words by their beginnings; `beffroi.logbook.words` leaves ASCII letters and digits alone."""
    if dialect == "postgresql":
        return "e.words @@ to_tsquery('simple', ?)", " & ".join(f"{word}:*" for word in sought)
    condition = "e.rid IN (SELECT rowid FROM entity_fts WHERE entity_fts MATCH ?)"
    return condition, " AND ".join(f'"{word}"*' for word in sought)


def asked(given: Mapping[str, str]) -> Asked:
    """The question in a query.

    Raises:
        Refused: a part of it means nothing or is too long.
    """
    if any(len(value) > MAX_CHARS or "\x00" in value for value in given.values()):
        raise malformed()
    sought = tuple(words(given.get("text", "")))
    tags = tuple(tag.strip() for tag in given.get("tag", "").split(",") if tag.strip())
    if len(sought) > MAX_WORDS or len(tags) > MAX_TAGS or (given.get("text") and not sought):
        raise malformed()
    return Asked(
        words=sought,
        tags=tags,
        since=_number(given, "since"),
        until=_number(given, "until"),
        box=_box(given.get("box", "")),
        gravity=_number(given, "gravity", most=4) or 0,
    )


def limit(given: Mapping[str, str]) -> int:
    """How many entries a page may have.

    Raises:
        Refused: it is no number from 1 to `MOST`.
    """
    said = _number(given, "limit", most=MOST)
    if said == 0:
        raise malformed()
    return said or USUAL


def after(given: Mapping[str, str]) -> tuple[int, str] | None:
    """The entry after which to go on: when it was entered, and its uid.

    Raises:
        Refused: it is none.
    """
    said = given.get("after", "")
    if not said:
        return None
    moment, comma, uid = said.partition(",")
    if not comma or not uid:
        raise malformed()
    return _checked(moment, 2**53), uid


def _number(given: Mapping[str, str], name: str, most: int = 2**53) -> int | None:
    said = given.get(name, "")
    return _checked(said, most) if said else None


def _checked(said: str, most: int) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) <= 16 and int(said) <= most):
        raise malformed()
    return int(said)


def _box(said: str) -> tuple[float, float, float, float] | None:
    if not said:
        return None
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError as error:
        raise malformed() from error
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if not (all(map(math.isfinite, (west, south, east, north))) and inside):
        raise malformed()
    return (west, south, east, north)
