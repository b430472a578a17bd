"""Parses calendars, whole or in pieces: what one broken event holds does not lose the others."""

import re
from collections import Counter
from collections.abc import Iterator

from icalendar import Component
from icalendar.error import InvalidCalendar

from beffroi.plugin import Book, Unreadable
from beffroi.plugin.words import _

BEGINNING = re.compile(r"\s*BEGIN\s*:", re.IGNORECASE)
_OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")
_BROKEN = (ValueError, KeyError, IndexError, AttributeError, TypeError, OSError, InvalidCalendar)
_MOST = 50_000


def calendars(text: str, book: Book) -> list[Component]:
    """The components of a file; of one that is broken, its events one by one.

    Raises:
        Unreadable: nothing in it can be read.
    """
    if text.upper().count("BEGIN:VEVENT") > _MOST:
        raise Unreadable(
            _("Cet agenda a plus de 50\u202f000 évènements\u00a0: exportez une période.")
        )
    try:
        return list(Component.from_ical(text, multiple=True))
    except _BROKEN:
        return list(_one_by_one(text, book))


def unfinished() -> Unreadable:
    """The refusal of a calendar whose events begin and never end, or of which nothing can be read."""
    return Unreadable(
        _("Cet agenda est mal formé et rien n’y est lisible\u00a0: exportez-le de nouveau.")
    )


def other_things(components: list[Component], book: Book) -> None:
    """Note what is no event (tasks, notes, free times): it is left out."""
    found = Counter(one.name for part in components for one in part.walk() if one.name in _OTHERS)
    for name, count in found.items():
        book.note(name, _("tâche, note ou disponibilité\u00a0: ce n’est pas un évènement"), count)


def _one_by_one(text: str, book: Book) -> Iterator[Component]:
    pieces = list(_pieces(text, "VEVENT"))
    if not pieces:
        raise unfinished()
    zones = "".join(dict.fromkeys(_pieces(text, "VTIMEZONE")))
    for number, piece in enumerate(pieces, 1):
        try:
            yield Component.from_ical(f"BEGIN:VCALENDAR\r\n{zones}{piece}END:VCALENDAR\r\n")
        except _BROKEN:
            book.note(_("évènement n° {n}").format(n=number), _("évènement mal formé"))


def _pieces(text: str, name: str) -> Iterator[str]:
    """The components of one name, each as it is written; those that do not end are left out."""
    lines: list[str] | None = None
    for line in text.splitlines():
        said = line.strip().upper()
        if said == f"BEGIN:{name}":
            lines = []
        if lines is not None:
            lines.append(line)
            if said == f"END:{name}":
                yield "\r\n".join([*lines, ""])
                lines = None
