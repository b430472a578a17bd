"""One entry as the page draws it, and as a card tells it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from beffroi.layers.mercator import mercator
from beffroi.logbook.entry import GRAVITY_WORDS, Entry, Lifecycle
from beffroi.taxonomy import theme_index
from beffroi.text import _

KEY_EVENT, VOID, FOLLOWUP = 1, 2, 4
Row = dict[str, Any]


def row_of(entry: Entry) -> Row | None:
    """The entry as one row of the page's columns; None when it has no place."""
    content = entry.content
    if content.lon is None or content.lat is None:
        return None
    x, y = mercator(content.lon, content.lat)
    return {
        "rid": entry.rid,
        "x": x,
        "y": y,
        "t": entry.event_time // 1000,
        "theme": theme_index(content.tags),
        "gravity": content.gravity,
        "flags": _flags(entry),
    }


def _flags(entry: Entry) -> int:
    void = entry.lifecycle is Lifecycle.VOID
    pending = entry.followup in ("open", "acknowledged", "late")
    return KEY_EVENT * entry.content.key_event | VOID * void | FOLLOWUP * pending


def card_of(entry: Entry, zone: ZoneInfo, *, now: int) -> Row:
    """What the hover card and the list of choices say of an entry."""
    content = entry.content
    first = next((line for line in content.text.splitlines() if line.strip()), "")
    return {
        "uid": entry.uid,
        "gravity": content.gravity,
        "grade": f"{content.gravity} {_(GRAVITY_WORDS[content.gravity])}",
        "label": f"n° {entry.number}" + (" ★" if content.key_event else ""),
        "when": moment(entry.event_time, zone, now=now),
        "extra": _("annulée") if entry.lifecycle is Lifecycle.VOID else "",
        "text": first[:280],
        "place": content.place,
    }


def moment(ms: int, zone: ZoneInfo, *, now: int) -> str:
    """The time of day, with the date when it is not today's, with the year when not this year's."""
    then, today = (datetime.fromtimestamp(t / 1000, UTC).astimezone(zone) for t in (ms, now))
    if then.date() == today.date():
        return f"{then:%H:%M}"
    return f"{then:%d/%m %H:%M}" if then.year == today.year else f"{then:%d/%m/%Y %H:%M}"
