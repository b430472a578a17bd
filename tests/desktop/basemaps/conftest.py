"""The map with grounds: a profile that has one pack, made of a small extract."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beffroi.basemaps.building import build
from desktop import basemaps
from desktop.api import Desk
from desktop.basemaps.panel import DOCK, BasemapsPanel
from desktop.shell.window import Window
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
def panel(shown: Map, desk: Desk, window: Window, qtbot: QtBot) -> BasemapsPanel:
    """The dock of grounds beside a map that is painted."""
    basemaps.install(desk)
    found = desk.docks.widget(DOCK)
    assert isinstance(found, BasemapsPanel)
    return found
