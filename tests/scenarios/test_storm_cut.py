"""Scenario 5.C, steps 4 to 7: the storm Miguel in a COD whose network is cut, with real processes.

Five stations, one hub, a cable that is pulled; nothing is lost, nothing is there twice, and a number
that was spoken over the radio still finds its entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from beffroi.exchange import radio
from beffroi.logbook.entry import Entry
from beffroi.sync.wire import WorkspaceInfo
from tests.faults.proxy import Proxy
from tests.faults.station import Station
from tests.faults.world import HubProcess, Person, found, joined
from tests.means import until

SPACE = WorkspaceInfo(workspace="pref-17", title="COD de Charente-Maritime", journal="MC", prefix="MC-17")  # fmt: skip
PEOPLE = (
    Person(account="c.synthese", post="Synthèse", role="room_chief", organisation="Préfecture 17"),
    Person(account="e.enedis", post="OL-Enedis", role="liaison", organisation="Enedis"),
    Person(account="r.redacteur", post="Rédacteur", role="writer", organisation="Préfecture 17"),
    Person(account="s.sdis", post="OL-SDIS", role="liaison", organisation="SDIS 17"),
    Person(account="p.saintes", post="Sous-préfecture", role="writer", organisation="SP Saintes"),
)
LATE_S = 7
HOMES = "foyers coupés"


@dataclass(slots=True)
class Room:
    """The COD: its hub, its stations, the cables of stations 4 and 5."""

    hub: HubProcess
    cables: list[Proxy]
    stations: list[Station] = field(default_factory=list)

    def cut(self) -> None:
        for cable in self.cables:
            cable.cut()

    def mend(self) -> None:
        for cable in self.cables:
            cable.mend()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with (
        HubProcess(tmp_path / "hub") as hub,
        Proxy(("127.0.0.1", hub.port)) as four,
        Proxy(("127.0.0.1", hub.port)) as five,
    ):
        begun = found(hub, SPACE, PEOPLE, len(PEOPLE))
        hub.start()
        made = Room(hub, [four, five])
        through = [hub.port, hub.port, hub.port, four.port, five.port]
        for number, (person, code, port) in enumerate(
            zip(PEOPLE, begun.codes, through, strict=True), 1
        ):
            folder = joined(
                tmp_path / f"station-{number}",
                code.replace(f":{hub.port}#", f":{port}#"),
                f"poste-{number}",
                person.account,
                begun.secrets[person.account],
                SPACE.workspace,
            )
            late_s = LATE_S if number == 5 else 0
            made.stations.append(
                Station(folder, person.account, begun.secrets[person.account], late_s=late_s)
            )
        for station in made.stations:
            station.follow()
        for station in made.stations:
            station.until_state("online")
        yield made
        for station in made.stations:
            station.close()


def test_a_storm_and_a_cut_lose_nothing(room: Room) -> None:
    synthesis, enedis, _writer, sdis, saintes = room.stations
    before = synthesis.say("Passage au niveau 1 du COD", nature="decision")
    dossier = synthesis.node.logbook.open_dossier("Tempête Miguel", [before.uid], 3, synthesis.who)
    synthesis.node.logbook.record_figure(
        dossier.uid, HOMES, "1500", "foyers", "Enedis", before.entered_time, synthesis.who
    )
    synthesis.poke()
    for station in room.stations:
        until(
            lambda s=station: s.node.logbook.figures(dossier.uid), what="all know the first figure"
        )

    # 12h20: the network of stations 4 and 5 is cut, then the hub itself stops for a while.
    room.cut()
    for station in (sdis, saintes):
        station.until_state("offline")
    cut_at = before.entered_time
    room.hub.kill()
    seven = [sdis.say(f"Intervention SDIS n° {n}", gravity=2) for n in range(1, 8)]
    sdis.node.logbook.correct(
        seven[2].uid,
        sdis.node.logbook.entry(seven[2].uid).content.__class__(text="Intervention SDIS n° 3 : 1 blessé léger (île d’Aix)", gravity=2),
        "bilan précisé", sdis.who,
    )  # fmt: skip
    four = [
        saintes.say(f"Commune {name} sans courant")
        for name in ("Saintes", "Royan", "Pons", "Saujon")
    ]
    saintes.node.logbook.record_figure(
        dossier.uid, HOMES, "4200", "foyers", "mairie", four[-1].entered_time, saintes.who
    )
    until(lambda: sdis.status.waiting == 7, what="HORS LIGNE – 7 éléments en attente", seconds=10)
    assert sdis.status.since >= cut_at
    assert all(entry.label.startswith("MC-17-") and "~S" in entry.label for entry in seven + four)
    assert len({entry.label for entry in seven + four}) == 11

    # 13h00: what station 5 holds is read over the radio.
    (message,) = radio.of_node(saintes.node)
    assert all(entry.label in message for entry in four)
    assert len(message.encode()) <= radio.MOST_BYTES

    # Station 2 is still on the LAN, whose hub comes back before the cables.
    room.hub.start()
    enedis.node.logbook.record_figure(
        dossier.uid, HOMES, "3800", "foyers", "Enedis", four[-1].entered_time, enedis.who
    )
    enedis.poke()
    enedis.until_nothing_waits()

    # 13h45: the cables are back.
    room.mend()
    for station in (sdis, saintes):
        station.poke()
        station.until_nothing_waits()
    for station in room.stations:
        until(lambda s=station: len(s.entries()) == 12, what="twelve entries everywhere")

    _nobody_lost_or_doubled_anything(room, [before, *seven, *four])
    _spoken_numbers_still_find(room, seven + four)
    _late_arrivals_say_so(synthesis, seven + four)
    for station in room.stations:
        until(lambda s=station: _conflict(s, dossier.uid), what="both figures, side by side")
    assert {f.value for f in _figures(synthesis, dossier.uid)} == {"1500", "3800", "4200"}
    assert "blessé léger" in synthesis.node.logbook.entry(seven[2].uid).content.text
    assert abs(saintes.status.skew_ms - LATE_S * 1000) < 1500


def _nobody_lost_or_doubled_anything(room: Room, said: list[Entry]) -> None:
    known = [[(e.uid, e.label, e.content.text) for e in s.entries()] for s in room.stations]
    assert all(entries == known[0] for entries in known)
    assert {uid for uid, _label, _text in known[0]} == {entry.uid for entry in said}
    numbers = sorted(entry.number for entry in room.stations[0].entries())
    assert numbers == list(range(1, 13))
    assert all("~" not in label for _uid, label, _text in known[0])


def _spoken_numbers_still_find(room: Room, spoken: list[Entry]) -> None:
    for station in room.stations:
        for entry in spoken:
            now = station.node.logbook.by_number(entry.label)
            assert now is not None
            assert now.uid == entry.uid


def _late_arrivals_say_so(station: Station, late: list[Entry]) -> None:
    """Each keeps its own time of writing, and the moment when it reached the hub."""
    for entry in late:
        now = station.node.logbook.entry(entry.uid)
        assert now.entered_time == entry.entered_time
        assert now.arrived > now.entered_time


def _conflict(station: Station, dossier: str) -> bool:
    return any(one.conflict for one in station.node.logbook.figures(dossier))


def _figures(station: Station, dossier: str) -> list[object]:
    return [figure for one in station.node.logbook.figures(dossier) for figure in one.figures]
