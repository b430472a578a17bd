"""The map with grounds: a profile that has one pack, made of a small extract."""

import os
from pathlib import Path

import pytest

from beffroi.basemaps.building import build
from desktop import basemaps
from desktop.api import Desk
from desktop.basemaps.panel import DOCK, BasemapsPanel
from tests.desktop.map.conftest import Map, shown, write

__all__ = ["Map", "shown", "write"]

EXTRACT = Path(__file__).parents[2] / "data/basemaps/extrait.osm.pbf"


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of a few streets of Grenoble."""
    to = tmp_path_factory.mktemp("packs") / "extrait.pmtiles"
    build(EXTRACT, to, title="Extrait")
    return to


@pytest.fixture(autouse=True)
def no_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pack of this machine is seen."""
    monkeypatch.setenv("BEFFROI_BASEMAPS", str(tmp_path / "machine"))
    assert os.environ["BEFFROI_BASEMAPS"]


@pytest.fixture
def panel(shown: Map, desk: Desk) -> BasemapsPanel:
    """The dock of grounds beside a map that is painted."""
    return added(desk)


@pytest.fixture
def dock(desk: Desk) -> BasemapsPanel:
    """The dock alone: nothing draws what it tells the map."""
    return added(desk)


def added(desk: Desk) -> BasemapsPanel:
    """The dock, once grounds are on the desk."""
    basemaps.install(desk)
    found = desk.docks.widget(DOCK)
    assert isinstance(found, BasemapsPanel)
    return found
