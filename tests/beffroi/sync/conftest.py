"""A hub in memory, stations enrolled at it, and desks that work."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from beffroi.sync import wire
from beffroi.sync.enrolment import enrol
from beffroi.sync.joining import join, workspaces
from beffroi.sync.station import Station
from tests.beffroi.sync.fake_hub import SECRET, FakeHub, Person, running
from tests.beffroi.sync.kit import Desk
from tests.conftest import CHEAP

ALL = ["create:entry"]


def rights(role: str = "qualifier", marking: str = "DR", *caveats: str) -> wire.Rights:
    return wire.Rights(
        workspace="jop-2024", role=role, actions=ALL, marking=marking, caveats=list(caveats)
    )


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FakeHub]:
    with running(tmp_path / "hub") as made:
        made.people = {name: Person([rights()]) for name in ("claire", "marc")}
        yield made


NewDesk = Callable[..., Desk]


@pytest.fixture
def station(hub: FakeHub, tmp_path: Path) -> Station:
    return enrolled(hub, tmp_path / "poste")


def enrolled(hub: FakeHub, folder: Path) -> Station:
    return asyncio.run(enrol(folder, hub.code, folder.name))


@pytest.fixture
def new_desk(hub: FakeHub, tmp_path: Path) -> Iterator[NewDesk]:
    """Makes a desk on a station of its own for an account of the hub."""
    desks: list[Desk] = []

    def make(account: str, url: str = "") -> Desk:
        place = tmp_path / f"{account}-{len(desks)}"
        station = enrolled(hub, place / "poste")
        offer = workspaces(station, account, SECRET)
        join(place / "profil", station, offer, "jop-2024", SECRET, cost=CHEAP)
        desks.append(Desk(place / "profil", account, SECRET, url))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def pair(new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Two desks that follow the same bucket already."""
    claire, marc = new_desk("claire"), new_desk("marc")
    claire.publish("Ouverture de la main courante")
    claire.once()
    marc.once()
    claire.once()
    return claire, marc
