"""A reader that knows one table of sites, and a maker that remembers what it was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed

import pytest
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.observations import SourceState
from beffroi.plugin import Problem, Record
from beffroi.sources.addresses import Origin
from desktop.api import Desk
from desktop.sources.door import Made, Plan
from desktop.sources.finding import Choice, Finding, Part
from desktop.sources.install import build
from desktop.sources.maker import NodeMaker
from desktop.sources.windows import Sources
from desktop.sources.wizard import Wizard

SITES = (
    ("S01", "Stade de France", 2.3601, 48.9245, "ouvert", 80_000),
    ("S02", "Arena Bercy", 2.3786, 48.8387, "ouvert", 15_000),
    ("S03", "Grand Palais", 2.3125, 48.8661, "fermé", 8_000),
    ("S04", "Château de Versailles", 2.1204, 48.8049, "restreint", 40_000),
    ("S05", "Colline d’Élancourt", 1.9506, 48.7883, "ouvert", 25_000),
    ("S06", "Marina de Marseille", 5.3698, 43.2646, "ouvert", 5_000),
)


def records(count: int = len(SITES)) -> list[Record]:
    """Some sites of the Games, as a reader hands them over."""
    return [
        Record(
            id=code,
            title=name,
            geometry={"type": "Point", "coordinates": [lon, lat]},
            properties={"code": code, "nom": name, "état": state, "jauge": seats},
        )
        for code, name, lon, lat, state, seats in SITES[:count]
    ]


def finding(count: int = len(SITES)) -> Finding:
    """What is understood of them."""
    return Finding(
        format="geojson",
        format_title="GeoJSON",
        read=count,
        located=count,
        skipped=1,
        records=records(count),
        columns=("code", "nom", "état", "jauge"),
        roles={"id": "code", "title": "nom"},
        reasons={"id": "Une valeur différente sur chaque ligne."},
        problems=(Problem(where="ligne 9", why="la longitude n’est pas un nombre", count=1),),
        crs="EPSG:2154",
        encoding="UTF-8",
        attribution="Paris 2024",
        proposal={
            "title": "Sites olympiques",
            "family": "organiser",
            "reliability": "B",
            "licence": "Licence Ouverte 2.0",
            "attribution": "Paris 2024",
            "refresh_s": 300,
            "retention_s": 0,
        },
        style={"mode": "values", "field": "état"},
    )


@dataclass
class FakeReader:
    """Answers at once; `down` refuses, `layers` are offered as parts."""

    down: str = ""
    layers: Sequence[Part] = ()
    asked: list[tuple[Origin, Choice]] = field(default_factory=list)

    def formats(self) -> Sequence[tuple[str, str]]:
        return (("geojson", "GeoJSON"), ("csv", "CSV"), ("wfs", "WFS"))

    def understand(self, origin: Origin, choice: Choice, secret: str) -> Finding:
        self.asked.append((origin, choice))
        if self.down:
            raise BeffroiError(self.down)
        found = finding()
        if choice.mapping:
            found = changed(found, roles=dict(choice.mapping))
        if choice.format:
            found = changed(found, format=choice.format)
        part = str(choice.options.get("layer", ""))
        if self.layers:
            part = part or self.layers[0].id
            found = changed(
                found, parts=self.layers, part=part, proposal={**found.proposal, "title": part}
            )
        return found


@dataclass
class FakeMaker:
    """Remembers the plans."""

    plans: list[Plan] = field(default_factory=list)
    refusal: str = ""
    filled: list[Made] = field(default_factory=list)

    def make(self, plan: Plan) -> Made:
        if self.refusal:
            raise BeffroiError(self.refusal)
        self.plans.append(plan)
        return Made(sources=("s1",), layers=("c1",), box=plan.finding.box)

    def fill(self, plan: Plan, made: Made) -> None:
        self.filled.append(made)


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def maker() -> FakeMaker:
    return FakeMaker()


@pytest.fixture
def wizard(desk: Desk, window, reader: FakeReader, maker: FakeMaker) -> Iterator[Wizard]:
    """The window, shut again after the test."""
    built = Wizard(desk, reader, maker, window)
    yield built
    built.close()


@dataclass
class FakeRunner:
    """Remembers what it was asked."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def retry(self, uid: str) -> None:
        self.asked.append(("retry", uid))

    def suspend(self, uid: str) -> None:
        self.asked.append(("suspend", uid))

    def resume(self, uid: str) -> None:
        self.asked.append(("resume", uid))

    def reload(self, uid: str) -> None:
        self.asked.append(("reload", uid))


@pytest.fixture
def runner() -> FakeRunner:
    return FakeRunner()


@pytest.fixture
def sources(
    desk: Desk, node: Node, runner: FakeRunner, reader: FakeReader, qtbot: QtBot
) -> Sources:
    """The board on the desk, with the profile's own maker."""
    built = build(desk, runner, reader, NodeMaker(node))
    qtbot.waitUntil(lambda: built.shelf.loaded)
    return built


@dataclass
class Shop:
    """Makes sources in the profile, as if the wizard had."""

    node: Node
    sources: Sources
    qtbot: QtBot

    def add(self, title: str, state: SourceState | None = None, **fields: object) -> str:
        """One more source with its calque and six observations; its uid."""
        node, now = self.node, self.node.clock.now()
        said = {
            "title": title, "transport": "http", "address": "https://example.fr/a",
            "refresh_s": 300, "expect_s": 900, "family": "open_data", **fields,
        }  # fmt: skip
        uid = node.sheets.put("source", said, node.who).uid
        node.sheets.put("layer", {"title": title, "kind": "source", "source": uid}, node.who)
        node.observations.put(uid, records(), snapshot=True, now=now)
        told = state or SourceState(last_try=now, last_ok=now - 240_000, health="ok")
        node.observations.put_states({uid: told}, {})
        return uid

    def show(self, count: int) -> None:
        """Read them again, until so many are shown."""
        self.sources.shelf.read()
        self.qtbot.waitUntil(lambda: len(self.sources.board.model.rows) == count)


@pytest.fixture
def shop(node: Node, sources: Sources, qtbot: QtBot) -> Shop:
    return Shop(node, sources, qtbot)
