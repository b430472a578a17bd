"""Makes an entry of the cells of a row, and says what could not be taken as it stood."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange import values as v
from beffroi.exchange.places import position
from beffroi.logbook import entry as words
from beffroi.logbook.content import checked
from beffroi.logbook.entry import (
    Channel,
    Content,
    GeoPrecision,
    Impact,
    Marking,
    Nature,
    Qualification,
    TimePrecision,
)
from beffroi.logbook.facets import slug
from beffroi.taxonomy import Taxonomy
from beffroi.text import _

Cells = dict[str, Any]
Doubt = tuple[str, str]
_TEXTS = ("place", "commune", "origin", "organisation", "on_behalf_of")
_ENUMS: dict[str, tuple[type[Any], dict[Any, str]]] = {
    "nature": (Nature, words.NATURE_WORDS),
    "channel": (Channel, words.CHANNEL_WORDS),
    "time_precision": (TimePrecision, words.TIME_PRECISION_WORDS),
    "geo_precision": (GeoPrecision, words.GEO_PRECISION_WORDS),
    "marking": (Marking, words.MARKING_WORDS),
}
_DAY_ALONE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_MARKINGS = list(Marking)
_GRAVITIES = {str(n): word for n, word in enumerate(words.GRAVITY_WORDS)}


class Refused(Exception):
    """This row cannot be an entry; the message says why."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The entry that a row makes."""

    uid: str
    content: Content
    qualification: Qualification

    def alone(self) -> "Understood":
        """The same without the parent that nobody knows here."""
        return replace(self, content=msgspec.structs.replace(self.content, parent=""))


class Reading:
    """Reads rows, in the zone, at the moment and under the marking of the profile."""

    def __init__(self, zone: ZoneInfo, now: int, marking: str, taxonomy: Taxonomy) -> None:
        self._zone = zone
        self._now = now
        self._marking = Marking(marking)
        self._taxonomy = taxonomy
        self._codes: dict[str, str] = {}
        for tag in taxonomy.all():
            for name in (tag.fr, tag.en):
                self._codes.setdefault(slug(name), tag.code)

    def row(self, cells: Cells, fallback: str) -> tuple[Understood, list[Doubt]]:
        """The entry of a row (named `fallback` when the row has no identifier), and its doubts.

        Raises:
            Refused: nothing can be made of it.
        """
        doubts: list[Doubt] = []
        text = _text(cells, "text")
        if not text:
            raise Refused(_("Ligne sans texte : non reprise."), "text")
        if _text(cells, "lifecycle") and self._is_void(cells):
            raise Refused(_("Entrée annulée dans le fichier : non reprise."), "lifecycle")
        fields: Cells = {"text": text, "marking": self._marking}
        for read in (self._times, self._words, self._place, self._grading, self._lists):
            fields |= read(cells, doubts)
        if _MARKINGS.index(fields["marking"]) < _MARKINGS.index(self._marking):
            fields["marking"] = self._marking
        return self._checked(cells, fields, fallback), doubts

    def _checked(self, cells: Cells, fields: Cells, fallback: str) -> Understood:
        try:
            content = checked(Content(**fields))
        except BeffroiError as error:
            raise Refused(str(error)) from error
        try:
            level = Qualification(v.word(_text(cells, "qualification"), words.QUALIFICATION_WORDS))
        except ValueError:
            level = Qualification.RAW
        return Understood(uid=_uid(cells, "uid") or fallback, content=content, qualification=level)

    def _is_void(self, cells: Cells) -> bool:
        try:
            return v.word(_text(cells, "lifecycle"), words.LIFECYCLE_WORDS) == "void"
        except ValueError:
            return False

    def _times(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        if not _text(cells, "event_time"):
            cells = cells | {"event_time": _said_when(cells)}
        found: Cells = {}
        for key in ("event_time", "event_end", "received_time"):
            if _text(cells, key):
                try:
                    found[key] = v.moment(cells[key], self._zone, self._now)
                except (ValueError, OverflowError, OSError):
                    doubts.append((key, _("Date illisible « {said} » : laissée de côté.").format(
                        said=_short(cells[key]))))  # fmt: skip
        if _DAY_ALONE.fullmatch(_text(cells, "event_time")):
            found["time_precision"] = TimePrecision.UNKNOWN
        if found.get("event_end", 0) < found.get("event_time", 0) or "event_time" not in found:
            found.pop("event_end", None)
        return found

    def _words(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        found: Cells = {key: _text(cells, key) for key in _TEXTS if _text(cells, key)}
        if not found.get("on_behalf_of") and _text(cells, "author"):
            found["on_behalf_of"] = _text(cells, "author")
        for key, (kind, names) in _ENUMS.items():
            if _text(cells, key):
                try:
                    found[key] = kind(v.word(_text(cells, key), names))
                except ValueError:
                    doubts.append((key, _("Valeur inconnue « {said} » : laissée de côté.").format(
                        said=_short(cells[key]))))  # fmt: skip
        return found

    def _place(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        try:
            where = position(cells)
        except ValueError:
            doubts.append(("lon", _("Coordonnées impossibles : entrée gardée sans lieu.")))
            return {"geo_precision": GeoPrecision.UNKNOWN}
        if where is None:
            return {}
        precise = {} if _text(cells, "geo_precision") else {"geo_precision": GeoPrecision.POINT}
        return {"lon": where[0], "lat": where[1], **precise}

    def _grading(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        found: Cells = {}
        grade = _text(cells, "grade").upper().replace(" ", "")
        if len(grade) == 2 and grade[0] in "ABCDEF" and grade[1] in "123456":
            found = {"source_grade": grade[0], "credibility": int(grade[1])}
            if grade[1] == "1":
                found["credibility"] = 2
                doubts.append(("grade", _("Cote 1 sans entrée qui corrobore : ramenée à 2.")))
        elif grade:
            doubts.append(
                ("grade", _("Cotation inconnue « {said} » : F6.").format(said=_short(grade)))
            )
        if _text(cells, "gravity"):
            found |= self._gravity(cells, doubts)
        if _text(cells, "key_event"):
            try:
                found["key_event"] = v.flag(cells["key_event"])
            except ValueError:
                doubts.append(("key_event", _("Ni oui ni non : laissé à non.")))
        return found

    def _gravity(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        said = _text(cells, "gravity")
        try:
            gravity = v.number(said)
        except ValueError:
            gravity = -1
        if gravity not in range(5):
            try:
                gravity = float(v.word(said, _GRAVITIES))
            except ValueError:
                doubts.append(("gravity", _("Gravité hors de 0 à 4 « {said} » : laissée à 0.").format(
                    said=_short(said))))  # fmt: skip
                gravity = 0
        return {"gravity": int(gravity)}

    def _lists(self, cells: Cells, doubts: list[Doubt]) -> Cells:
        found: Cells = {"parent": _uid(cells, "parent")}
        for key in ("for_action", "for_info"):
            found[key] = v.items(_text(cells, key))[:40]
        codes = []
        for name in v.items(_text(cells, "tags"))[:40]:
            code = self._tag(name)
            if code:
                codes.append(code)
            else:
                doubts.append(("tags", _("Étiquette inconnue « {said} » : laissée de côté.").format(
                    said=_short(name))))  # fmt: skip
        impacts: dict[Impact, int] = {}
        for part in v.items(_text(cells, "impacts")):
            name, _equals, level = part.partition("=")
            if name in list(Impact) and level in _GRAVITIES:
                impacts[Impact(name)] = int(level)
        return {**found, "tags": tuple(dict.fromkeys(codes)), "impacts": impacts}

    def _tag(self, name: str) -> str:
        if self._taxonomy.get(name.upper()):
            return name.upper()
        return self._codes.get(slug(name), "")


def _text(cells: Cells, key: str) -> str:
    value = cells.get(key)
    return "" if value is None else str(value).strip()


def _said_when(cells: Cells) -> Any:
    """The moment told by a date, a clock, or both; spreadsheets give them as such."""
    day, clock = cells.get("date"), cells.get("clock")
    if isinstance(day, datetime) and isinstance(clock, time):
        return datetime.combine(day.date(), clock)
    if isinstance(day, datetime) and not _text(cells, "clock"):
        return day
    said = day.strftime("%d/%m/%Y") if isinstance(day, datetime) else _text(cells, "date")
    return f"{said} {_text(cells, 'clock')}".strip()


def _uid(cells: Cells, key: str) -> str:
    try:
        return str(UUID(_text(cells, key)))
    except ValueError:
        return ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
