r"""Puts AIS messages together again: sentences, their checksums, their parts, and when they came.

`!AIVDM,2,1,9,A,58…,0*65`: two parts, this is the first, of group 9, on channel A.  The moment comes from a
tag block before the sentence (`\c:…*hh\`), from the seconds that a logger wrote beside it, or from a
Gatehouse line (`$PGHP`) before it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from beffroi.plugin import Book, times
from beffroi.plugin.words import _

SENTENCE = re.compile(
    r"!([A-Z]{2}VD[MO]),(\d),(\d),(\d?),([AB12]?),([^,*]*),([0-5])\*([0-9A-Fa-f]{2})"
)
_TAG = re.compile(r"\\[^\\]*\bc:(\d{10,13})[^\\]*\\")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_EPOCH = re.compile(r"(?:^|[\s,])(\d{10}(?:\.\d+)?|\d{13})(?=[\s,]|$)")
_GATEHOUSE = "$PGHP,"
_MOST_WAITING = 64


class Message(NamedTuple):
    """The sentences of one message, in order, the line of the last, and when it came (UTC ms)."""

    parts: tuple[str, ...]
    line: int
    moment: int | None


def messages(lines: Iterable[str], book: Book) -> Iterator[Message]:
    """The whole messages; sentences that are damaged, empty or alone go to the book."""
    waiting: dict[tuple[str, ...], dict[int, str]] = {}
    moment: int | None = None
    for number, line in enumerate(lines, 1):
        moment = _moment(line, moment)
        found = SENTENCE.search(line)
        if found is None:
            if "VDM" in line or "VDO" in line:
                book.note(_place(number), _("phrase NMEA mal formée"))
            continue
        if not _is_sound(found[0]):
            book.note(_place(number), _("somme de contrôle fausse"))
            continue
        if not found[6]:
            book.note(_place(number), _("phrase sans contenu"))
            continue
        if parts := _whole(found, waiting, book, number):
            yield Message(parts, number, moment)
            moment = None
    for alone in waiting.values():
        book.note(_("fin du flux"), _("message dont une partie manque"), len(alone))


def _whole(
    found: re.Match[str], waiting: dict[tuple[str, ...], dict[int, str]], book: Book, line: int
) -> tuple[str, ...]:
    """The sentences of the message that this one completes, or nothing yet."""
    total, rank = int(found[2]), int(found[3])
    if total <= 1:
        return (found[0],)
    key = (found[1], found[2], found[4], found[5])
    parts = waiting.setdefault(key, {})
    if rank in parts or (rank == 1 and parts):
        book.note(_place(line), _("message dont une partie manque"), len(parts))
        parts.clear()
    parts[rank] = found[0]
    if len(waiting) > _MOST_WAITING:
        oldest = waiting.pop(next(iter(waiting)))
        book.note(_place(line), _("message dont une partie manque"), len(oldest))
    if len(parts) < total:
        return ()
    del waiting[key]
    return tuple(parts[rank] for rank in sorted(parts))


def _is_sound(sentence: str) -> bool:
    body, _star, said = sentence[1:].partition("*")
    value = 0
    for letter in body.encode("latin-1", "replace"):
        value ^= letter
    return value == int(said, 16)


def _moment(line: str, known: int | None) -> int | None:
    """When what follows came: from this line, or as known before."""
    if tag := _TAG.search(line):
        return times.epoch(int(tag[1]))
    if not line.startswith(_GATEHOUSE):
        around = SENTENCE.sub(" ", line[:400])
        if written := _ISO.search(around):
            return times.instant(written[0], "UTC")
        logged = _EPOCH.search(around)
        return times.epoch(float(logged[1])) if logged else known
    try:
        year, month, day, hour, minute, second, ms = (int(n) for n in line.split(",")[2:9])
        told = datetime(year, month, day, hour, minute, second, ms * 1000, tzinfo=UTC)
    except (ValueError, OverflowError):
        return known
    return times.instant(told)


def _place(number: int) -> str:
    return _("ligne {n}").format(n=number)
