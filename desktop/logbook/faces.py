"""What one row of the list says, as short strings ready to be painted."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.logbook.arrivals import came_late
from beffroi.logbook.entry import (
    GRAVITY_WORDS,
    MARKING_WORDS,
    NATURE_WORDS,
    QUALIFICATION_WORDS,
    Entry,
    Lifecycle,
    Nature,
    Qualification,
    is_late,
)
from beffroi.text import _
from desktop.kit.caveats import caveat_words
from desktop.logbook import wording

FOLLOWUP_OPEN = frozenset({"open", "acknowledged", "in_progress"})
_ASSESSED = frozenset({Qualification.CONFIRMED, Qualification.REFUTED, Qualification.DUPLICATE})
_ASSUMED_NATURE = frozenset({Nature.INFO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One entry, said in few words."""

    rid: int
    uid: str
    number: str
    time: str
    day: str
    """The day it happened, when it is not the one it stands under."""
    entered: str
    """When it was written down, if that was late."""
    received: str
    """When it reached the hub, if that was long after."""
    author: str
    gravity: int
    nature: str
    plain_nature: bool
    text: str
    tags: tuple[str, ...]
    place: str
    origin: str
    grade: str
    qualification: str
    verdict: bool
    followup: str
    marking: str
    caveats: tuple[str, ...]
    key_event: bool
    attachments: int
    related: int
    void: bool
    corrected: bool
    refuted: bool

    @property
    def spoken(self) -> str:
        """The row read aloud by a screen reader."""
        said = [
            f"{self.day} {self.time}".strip(),
            self.number,
            _("gravité {n}, {word}").format(n=self.gravity, word=_(GRAVITY_WORDS[self.gravity])),
            self.nature,
            self.text,
            self.place,
            self.origin,
        ]
        if self.received:
            said.append(self.received)
        said.extend(self.caveats)
        if self.key_event:
            said.append(_("fait marquant"))
        if self.void:
            said.append(_("annulée"))
        return ", ".join(part for part in said if part)


def face_of(entry: Entry, zone: ZoneInfo, *, by_entry_time: bool) -> Face:
    """The face of an entry; `by_entry_time` when the list is in the order of writing."""
    content = entry.content
    late = is_late(entry.entered_time, content)
    return Face(
        rid=entry.rid,
        uid=entry.uid,
        number=short_number(entry),
        time=wording.event_time(entry, zone),
        day=_other_day(entry, zone) if by_entry_time else "",
        entered=wording.clock_time(entry.entered_time, zone) if late else "",
        received=received_late(entry, zone),
        author=entry.author,
        gravity=content.gravity,
        nature=_(NATURE_WORDS[content.nature]),
        plain_nature=content.nature in _ASSUMED_NATURE,
        text=first_line(content.text),
        tags=content.tags,
        place=content.place or content.commune,
        origin=content.organisation or content.origin,
        grade=wording.grade(content),
        qualification=_(QUALIFICATION_WORDS[entry.qualification]),
        verdict=entry.qualification in _ASSESSED,
        followup=entry.followup,
        marking=content.marking.value.replace("_", "-"),
        caveats=caveat_words(content.caveats),
        key_event=content.key_event,
        attachments=len(content.attachments),
        related=entry.children + entry.links,
        void=entry.lifecycle is Lifecycle.VOID,
        corrected=entry.lifecycle is Lifecycle.CORRECTED,
        refuted=entry.qualification in {Qualification.REFUTED, Qualification.DUPLICATE},
    )


def short_number(entry: Entry) -> str:
    """`143`, or `143~S4` while the hub has not numbered it."""
    _prefix, mark, station = entry.journal.partition("~")
    return f"{entry.number}{mark}{station}"


def received_late(entry: Entry, zone: ZoneInfo) -> str:
    """« reçu en différé 13h46 », with its day when that is another one; nothing when it was at once."""
    if not came_late(entry):
        return ""
    at = to_datetime(entry.arrived, zone)
    same = at.date() == to_datetime(entry.entered_time, zone).date()
    hour = f"{at:%Hh%M}" if same else f"{at:%d/%m %Hh%M}"
    return _("reçu en différé {hour}").format(hour=hour)


def _other_day(entry: Entry, zone: ZoneInfo) -> str:
    happened = to_datetime(entry.event_time, zone)
    same = happened.date() == to_datetime(entry.entered_time, zone).date()
    return "" if same else f"{happened:%d/%m}"


def first_line(text: str, limit: int = 240) -> str:
    """The title of an entry: its first line."""
    return text.split("\n", 1)[0][:limit]


def marking_in_words(entry: Entry) -> str:
    """« Diffusion Restreinte »."""
    return _(MARKING_WORDS[entry.content.marking])
