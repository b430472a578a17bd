"""What one row of the list says, as short strings ready to be painted."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
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
        number=str(entry.number),
        time=wording.event_time(entry, zone),
        day=_other_day(entry, zone) if by_entry_time else "",
        entered=wording.clock_time(entry.entered_time, zone) if late else "",
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
        key_event=content.key_event,
        attachments=len(content.attachments),
        related=entry.children + entry.links,
        void=entry.lifecycle is Lifecycle.VOID,
        corrected=entry.lifecycle is Lifecycle.CORRECTED,
        refuted=entry.qualification in {Qualification.REFUTED, Qualification.DUPLICATE},
    )


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
