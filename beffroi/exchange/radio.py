"""The degraded message: what a cut station has to say, short enough to be read over the radio.

Plain text of at most 2,000 bytes, one numbered line per entry, a count and a check word at the
end of each message so that the listener knows that nothing is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.journal import rights
from beffroi.logbook.content import highest
from beffroi.logbook.entry import Entry, Marking
from beffroi.node import Node
from beffroi.text import _, ngettext

MOST_BYTES = 2000
_CUT = "…"
_MOST_WAITING = 400
_LEAST_WORDS = 40
"""Bytes of an entry's text that are kept at least, however full the message is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who speaks: the workspace's title and mode, the station's code, the person and the post."""

    title: str
    mode: str
    station: str
    person: str
    post: str


def of_node(node: Node, uids: Sequence[str] = ()) -> tuple[str, ...]:
    """What to read out from this station: the entries `uids`, or all that has not gone up yet.

    Written down in the trail: content leaves the profile.

    Raises:
        BeffroiError: nothing waits and nothing was chosen; or the role may not carry content out.
    """
    rights.exporting(node.who)
    chosen = tuple(uids) or _waiting(node)
    if not chosen:
        raise BeffroiError(
            _("Rien n’attend le hub\u00a0: choisissez des entrées dans la liste, puis recommencez.")
        )
    entries = [node.logbook.entry(uid) for uid in chosen]
    station = node.hub.station_code if node.hub else node.who.station
    sender = Sender(
        title=node.info.title, mode=node.info.mode, station=station,
        person=node.who.person, post=node.who.post,
    )  # fmt: skip
    made = messages(entries, sender, now=node.clock.now(), zone=ZoneInfo(node.info.zone))
    node.audit.record(node.who, "export", "radio", count=len(entries), messages=len(made))
    return made


def _waiting(node: Node) -> tuple[str, ...]:
    """The entries that the hub does not have, or not as they are here, oldest act first."""
    entities = (o.entity for o in node.journal.outbox(_MOST_WAITING) if o.kind.startswith("entry."))
    return tuple(dict.fromkeys(entities))


def messages(
    entries: Sequence[Entry], sender: Sender, *, now: int, zone: ZoneInfo
) -> tuple[str, ...]:
    """The messages to read out, in order, the entries by event time.

    Each has at most `MOST_BYTES` bytes of UTF-8; a text that would not fit in one is cut and says
    so by « … ».
    """
    ordered = sorted(entries, key=lambda entry: (entry.event_time, entry.uid))
    groups = _groups([_line(entry, zone) for entry in ordered])
    marking = highest(Marking.DR, *(entry.content.marking for entry in ordered))
    made, first = [], 1
    for part, lines in enumerate(groups, 1):
        numbered = [f"{number}. {line}" for number, line in enumerate(lines, first)]
        first += len(lines)
        head = _head(sender, marking, now, zone, part, len(groups))
        made.append(_whole(head, numbered))
    return tuple(made)


def check_word(text: str) -> str:
    """Four hexadecimal digits over the words of a message, whatever its blanks and accents' form."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:4].upper()


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """The lines cut into messages: as many in each as fit."""
    room = MOST_BYTES - 300
    groups: list[list[str]] = [[]]
    used = 0
    for line in lines:
        fitted = _cut(line, room - 6)
        size = len(fitted.encode()) + 6
        if groups[-1] and used + size > room:
            groups.append([])
            used = 0
        groups[-1].append(fitted)
        used += size
    return groups


def _cut(text: str, most: int) -> str:
    raw = text.encode()
    if len(raw) <= most:
        return text
    kept = raw[: max(most - len(_CUT.encode()), _LEAST_WORDS)].decode("utf-8", "ignore")
    return kept.rsplit(" ", 1)[0] + _CUT


def _line(entry: Entry, zone: ZoneInfo) -> str:
    """One entry in the order in which it is spoken: number, time, gravity, place, words, source."""
    c = entry.content
    where = " ".join(filter(None, (c.place or c.commune, _position(c.lon, c.lat))))
    who = " ".join(filter(None, (c.origin, c.organisation)))
    parts = (
        entry.label,
        f"{to_datetime(entry.event_time, zone):%d/%m %Hh%M}",
        f"G{c.gravity}",
        where,
        " ".join(c.text.split()),
        _("source {who}, {grade}").format(who=who or "?", grade=f"{c.source_grade}{c.credibility}"),
    )
    return " – ".join(part for part in parts if part)


def _position(lon: float | None, lat: float | None) -> str:
    """Degrees to some ten metres, with the decimal comma."""
    if lon is None or lat is None:
        return ""
    return f"({lat:.4f} ; {lon:.4f})".replace(".", ",")


def _head(sender: Sender, marking: str, now: int, zone: ZoneInfo, part: int, parts: int) -> str:
    mode = "" if sender.mode == "real" else _("EXERCICE – ")
    said = _("{mode}MESSAGE DÉGRADÉ {part}/{parts} – {title} – {station} – {at} – {marking}").format(
        mode=mode, part=part, parts=parts, title=_cut(sender.title, 60),
        station=sender.station, at=f"{to_datetime(now, zone):%d/%m/%Y %Hh%M}", marking=marking,
    )  # fmt: skip
    return f"{said}\n{_cut(f'{sender.person}, {sender.post}', 80)}"


def _whole(head: str, lines: Sequence[str]) -> str:
    body = "\n".join((head, *lines))
    end = ngettext(
        "FIN – {n} élément – contrôle {word}", "FIN – {n} éléments – contrôle {word}", len(lines)
    )
    return f"{body}\n{end.format(n=len(lines), word=check_word(body))}"
