"""The dossiers of the demo: short stories told in `resources/demo/stories/*.toml`.

A story is a list of lines, each with the moment and post that writes it, then what happens around
them: figures, an arbitration, corrections.  Moments are `05:32` on the day of the story, or
`27 05:32` on another day of July 2024.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from beffroi.demo.casework import Answer, Ask, Count, Enrich, Gather, Settle
from beffroi.demo.days import MINUTE, at
from beffroi.demo.phrases import french
from beffroi.demo.pictures import Picture
from beffroi.demo.seeds import folder
from beffroi.demo.steps import Line, Mend, Step, Tie, uid_at
from beffroi.logbook.entry import (
    AttachmentRef,
    Channel,
    Content,
    GeoPrecision,
    LinkKind,
    Nature,
    Qualification,
    TimePrecision,
)

Table = dict[str, Any]


def tell(chosen: list[date], rng: Random) -> Iterator[Step]:
    """The steps of every story that begins on one of the chosen days."""
    for path in sorted((folder() / "stories").glob("*.toml")):
        story = Story(path, rng)
        if story.day in chosen:
            yield from story.steps()


@dataclass(frozen=True, slots=True)
class _Told:
    """A line of the story once placed."""

    line: Line
    table: Table


class Story:
    """One dossier, read from its file."""

    def __init__(self, path: Path, rng: Random) -> None:
        self._table: Table = tomllib.loads(path.read_text("utf-8"))
        self._name = path.stem
        self._rng = rng
        self.day = date(2024, 7, self._table["day"])

    def steps(self) -> Iterator[Step]:
        """Lines, links, follow-ups, the dossier, its figures and corrections."""
        told: dict[str, _Told] = {}
        for number, table in enumerate(self._table["line"]):
            key = table.get("key", f"line {number}")
            told[key] = _Told(self._line(table, told), table)
        for key, one in told.items():
            yield one.line
            yield from self._links(one, told)
            if "ask" in one.table:
                yield from self._ask(key, one)
        yield from self._dossier(told)
        yield from self._figures(told)
        for table in self._table.get("correct", ()):
            yield Mend(
                at=self._at(table["at"]), post=table["post"], uid=told[table["line"]].line.uid,
                changes=_values(table), reason=table["reason"],
            )  # fmt: skip

    def _at(self, words: str) -> int:
        day, _space, clock = words.rpartition(" ")
        return at(date(2024, 7, int(day)) if day else self.day, clock)

    def _line(self, table: Table, told: dict[str, _Told]) -> Line:
        moment = self._at(table["at"])
        parent = told[table["parent"]].line.uid if "parent" in table else ""
        corroborated = told[table["source"]].line.uid if "source" in table else ""
        content = Content(
            text=french(table["text"]),
            nature=Nature(table.get("nature", "info")),
            received_time=moment - 2 * MINUTE,
            **self._event(table, moment),
            organisation=table.get("organisation", ""),
            origin=table.get("origin", ""),
            channel=Channel(table.get("channel", "phone")),
            tags=tuple(table["tags"]),
            gravity=table.get("gravity", 1),
            corroborated_by=corroborated,
            for_action=tuple(table.get("action", ())),
            for_info=tuple(table.get("info", ())),
            key_event=table.get("key_event", False),
            attachments=_link(table),
            parent=parent,
            **_values(table),
        )
        raw = table.get("raw", False)
        return Line(
            at=moment, post=table["post"], content=content, uid=uid_at(moment, self._rng),
            qualification=Qualification.RAW if raw else Qualification.QUALIFIED,
            pictures=self._pictures(table, moment),
        )  # fmt: skip

    def _event(self, table: Table, moment: int) -> Table:
        if "event" not in table:
            return {"event_time": moment - 4 * MINUTE}
        start, _dash, end = table["event"].partition("-")
        if not end:
            return {"event_time": self._at(start), "time_precision": TimePrecision.APPROX}
        return {
            "event_time": self._at(start),
            "event_end": self._at(end),
            "time_precision": TimePrecision.INTERVAL,
        }

    def _pictures(self, table: Table, moment: int) -> tuple[Picture, ...]:
        lon, lat = table.get("position", (None, None))
        return tuple(
            Picture(name=name, kind=kind, title=title, at=moment, seed=self._rng.getrandbits(30),
                    lon=lon, lat=lat)
            for kind, name, title in table.get("pictures", ())
        )  # fmt: skip

    def _links(self, one: _Told, told: dict[str, _Told]) -> Iterator[Step]:
        for kind in LinkKind:
            for number, key in enumerate(one.table.get(kind.value, ())):
                yield Tie(
                    at=one.line.at + 30_000 + number, post=one.line.post, source=one.line.uid,
                    kind=kind, target=told[key].line.uid,
                )  # fmt: skip

    def _ask(self, key: str, one: _Told) -> Iterator[Step]:
        for number, asked in enumerate(one.table["ask"]):
            name = f"{self._name} {key} {number}"
            yield Ask(
                at=one.line.at + 45_000, post=one.line.post, name=name, uid=one.line.uid,
                owner=asked["owner"], due=self._at(asked["due"]), text=french(asked["text"]),
            )  # fmt: skip
            for status in ("acknowledged", "done"):
                if status in asked:
                    note = french(asked.get("note", "")) if status == "done" else ""
                    yield Answer(at=self._at(asked[status]), post=asked["owner"], name=name,
                                 status=status, note=note)  # fmt: skip

    def _dossier(self, told: dict[str, _Told]) -> Iterator[Step]:
        table = self._table
        opened = self._at(table["opened"])
        before = tuple(t.line.uid for t in told.values() if t.line.at < opened)
        yield Gather(
            at=opened, post=table.get("by", "MC"), name=self._name,
            title=french(table["title"]), gravity=table["gravity"], uids=before,
        )  # fmt: skip
        for one in told.values():
            if one.line.at >= opened:
                yield Enrich(at=one.line.at + 60_000, post=table.get("by", "MC"), name=self._name,
                             uids=(one.line.uid,))  # fmt: skip
        if "closed" in table:
            yield Enrich(at=self._at(table["closed"]), post="Chef de salle", name=self._name,
                         status="closed")  # fmt: skip

    def _figures(self, told: dict[str, _Told]) -> Iterator[Step]:
        opened = self._at(self._table["opened"])
        for number, table in enumerate(self._table.get("figure", ())):
            entry = told[table["line"]].line.uid if "line" in table else ""
            yield Count(
                at=max(self._at(table["at"]), opened + MINUTE), post=table["post"], dossier=self._name,
                name=f"{self._name} figure {number}", indicator=table["indicator"],
                value=french(table["value"]), unit=table.get("unit", ""),
                source=table["source"], as_of=self._at(table.get("as_of", table["at"])),
                note=french(table.get("note", "")), entry=entry,
                provisional=table.get("provisional", False),
            )  # fmt: skip
        for table in self._table.get("arbitrate", ()):
            yield Settle(
                at=max(self._at(table["at"]), opened + MINUTE), post=table["post"], dossier=self._name,
                indicator=table["indicator"], kept=french(table["kept"]),
                reason=french(table["reason"]),
                figures=tuple(f"{self._name} figure {n}" for n in table["figures"]),
            )  # fmt: skip


def _values(table: Table) -> Table:
    """The place and grading that a line or a correction gives."""
    values: Table = {}
    if "place" in table:
        values["place"] = french(table["place"])
    if "commune" in table:
        values["commune"] = table["commune"]
    if "position" in table:
        values["lon"], values["lat"] = table["position"]
        values["geo_precision"] = GeoPrecision(table.get("precision", "point"))
    if "grade" in table:
        values["source_grade"], values["credibility"] = table["grade"][0], int(table["grade"][1])
    if "impacts" in table:
        values["impacts"] = msgspec.convert(table["impacts"], Content.__annotations__["impacts"])
    return values


def _link(table: Table) -> tuple[AttachmentRef, ...]:
    if "url" not in table:
        return ()
    return (AttachmentRef(name=table.get("url_name", "Lien"), url=table["url"]),)
