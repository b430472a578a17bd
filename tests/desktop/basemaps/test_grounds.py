"""Grounds on the real page: packs installed, drawn, shown, hidden, removed; the gauge follows."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from pytestqt.qtbot import QtBot

from beffroi.basemaps.online import Online
from beffroi.basemaps.pack import damaged
from beffroi.sources.settings import put_allow_list
from desktop.api import Desk
from desktop.basemaps.adding import wants
from desktop.basemaps.panel import BasemapsPanel
from tests.desktop.basemaps.conftest import Map
from tests.desktop.basemaps.tiles import RED, picture, serving

HERE = (5.7655, 45.1938)


def packs(panel: BasemapsPanel) -> list[str]:
    return [row.uid for row in panel._grounds.rows if row.pack]


def look(shown: Map, lon: float, lat: float, zoom: float) -> None:
    """Show a place, whatever flight is under way."""
    shown.panel.bridge.tell("go", {"lon": lon, "lat": lat, "zoom": zoom, "still": True})
    shown.wait(f"Math.abs(window.beffroi.map.getView().getZoom() - {zoom}) < 0.01")


def dropped(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


@pytest.fixture
def installed(panel: BasemapsPanel, desk: Desk, pack: Path, qtbot: QtBot) -> BasemapsPanel:
    """The pack of a few streets, dropped on the window."""
    data = dropped(pack)
    taker = desk.drops.taker(data)
    assert taker is not None
    assert taker.words == "Installer ce fond de carte"
    taker.take(data)
    qtbot.waitUntil(lambda: packs(panel) == ["extrait"], timeout=8000)
    return panel


def test_a_pack_that_is_dropped_is_installed_in_the_profile_and_drawn(
    installed: BasemapsPanel, shown: Map, desk: Desk
):
    assert (desk.node.folder / "basemaps/extrait.pmtiles").is_file()
    shown.wait("room.grounds.size === 1")
    look(shown, *HERE, 14.5)
    layer = "[...room.grounds.values()][0].layer"
    shown.wait(f"{layer}.getSource().getState() === 'ready' && {layer}.getRenderer() !== null")
    drawn = (
        f"{layer}.getFeaturesInExtent(window.beffroi.map.getView().calculateExtent())"
        ".map((f) => f.get('layer'))"
    )
    shown.wait(f"{drawn}.length > 10")
    assert {"streets", "buildings"} & set(shown.ask(drawn))
    assert "OpenStreetMap" in shown.ask("document.getElementById('sources').textContent")


def test_a_ground_is_hidden_and_shown_by_its_box(installed: BasemapsPanel, shown: Map):
    shown.wait("room.grounds.size === 1")
    item = installed.tree.topLevelItem(0).child(0)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    shown.wait("room.grounds.size === 0")
    installed.tree.topLevelItem(0).child(0).setCheckState(0, Qt.CheckState.Checked)
    shown.wait("room.grounds.size === 1")
    installed.slider.setValue(40)
    installed.slider.sliderReleased.emit()
    shown.wait("[...room.grounds.values()][0].layer.getOpacity() === 0.4")


def test_the_gauge_says_what_is_left_of_the_view(
    installed: BasemapsPanel, shown: Map, desk: Desk, qtbot: QtBot
):
    desk.docks.show("basemaps")
    shown.wait("room.grounds.size === 1 && !window.beffroi.map.getView().getAnimating()")
    look(shown, *HERE, 16)
    qtbot.waitUntil(
        lambda: "restent couverts" in _said(installed) or "toute" in _said(installed), timeout=8000
    )
    assert installed.gauge.bar.value() > 0
    assert "Extrait" in _said(installed)
    look(shown, -60, -20, 12)
    qtbot.waitUntil(lambda: installed.gauge.bar.value() == 0, timeout=8000)
    assert "couches livrées" in _said(installed)


def _said(panel: BasemapsPanel) -> str:
    return panel.gauge.said.text()


def test_a_pack_is_removed_with_its_file(
    installed: BasemapsPanel, shown: Map, desk: Desk, qtbot: QtBot
):
    installed.tree.setCurrentItem(installed.tree.topLevelItem(0).child(0))
    assert installed.about.text().startswith("Extrait – vectoriel")
    installed.remove.click()
    qtbot.waitUntil(lambda: packs(installed) == [], timeout=8000)
    assert not (desk.node.folder / "basemaps/extrait.pmtiles").exists()


def test_a_damaged_pack_is_refused_in_one_sentence(
    dock: BasemapsPanel, desk: Desk, tmp_path: Path, qtbot: QtBot
):
    broken = tmp_path / "casse.pmtiles"
    broken.write_bytes(b"PMTiles\x03" + bytes(200))
    with qtbot.waitSignal(desk.notices.posted, timeout=8000) as told:
        dock.take([broken])
    assert told.args[0].text == str(damaged(broken, "ce n’est pas un PMTiles correct"))
    assert packs(dock) == []


def test_pictures_of_an_mbtiles_are_drawn_as_they_are(
    panel: BasemapsPanel, shown: Map, tmp_path: Path, qtbot: QtBot
):
    file = tmp_path / "photos.mbtiles"
    store = sqlite3.connect(file)
    store.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    store.execute(
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
    )
    told = [("format", "png"), ("bounds", "-180,-85,180,85"), ("name", "Photos")]
    store.executemany("INSERT INTO metadata VALUES (?, ?)", told)
    tiles = [(2, x, y, picture()) for x in range(4) for y in range(4)]
    store.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    store.commit()
    store.close()
    panel.take([file])
    qtbot.waitUntil(lambda: packs(panel) == ["photos"], timeout=8000)
    look(shown, 2.0, 47.0, 5.0)
    shown.wait(RED.format())


def test_tiles_of_the_network_come_through_the_guarded_door_and_stay_when_it_is_gone(
    panel: BasemapsPanel, shown: Map, desk: Desk, qtbot: QtBot
):
    with serving(picture()) as (address, asked):
        with desk.node.store.write():
            put_allow_list(desk.node.settings, ["127.0.0.1"])
        ground = Online(title="Local", template=f"{address}/{{z}}/{{x}}/{{y}}", max_zoom=5)
        panel._grounds.add(ground)
        look(shown, 2.0, 47.0, 5.0)
        shown.wait(RED.format())
        assert asked
    count = len(asked)
    panel._grounds.show(ground.uid, 0.0)
    shown.wait("room.grounds.size === 0")
    panel._grounds.show(ground.uid, 1.0)
    shown.wait(RED.format())
    assert len(asked) == count
    desk.docks.show("basemaps")
    qtbot.waitUntil(lambda: "déjà vu" in _said(panel), timeout=8000)


def test_a_machine_behind_the_wall_is_not_asked_and_that_is_said_once(
    panel: BasemapsPanel, shown: Map, desk: Desk, qtbot: QtBot
):
    with serving(picture()) as (address, asked):
        with qtbot.waitSignal(desk.notices.posted, timeout=8000) as told:
            panel._grounds.add(Online(title="Local", template=f"{address}/{{z}}/{{x}}/{{y}}"))
            look(shown, 2.0, 47.0, 5.0)
        assert "réseau privé" in told.args[0].text
        look(shown, 3.0, 46.0, 6.0)
        assert asked == []
    assert len([n for n in desk.notices.history if "Local" in n.text]) == 1


def test_only_packs_are_taken_from_a_drop(tmp_path: Path):
    assert wants(dropped(tmp_path / "a.pmtiles", tmp_path / "b.mbtiles"))
    assert not wants(dropped(tmp_path / "a.pmtiles", tmp_path / "b.csv"))
    assert not wants(QMimeData())


def test_the_network_is_asked_for_nothing_unless_somebody_says_so(dock: BasemapsPanel):
    assert [row.opacity for row in dock._grounds.rows if row.online] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("template", "words"),
    [("ftp://a.example/{z}/{x}/{y}", "https"), ("https://a.example/{z}/{x}", "{y}")],
)
def test_an_address_that_is_wrong_is_said_under_its_field(
    dock: BasemapsPanel, template: str, words: str
):
    dock.form.title.setText("Mon fond")
    dock.form.template.setText(template)
    dock.form.submit()
    assert words in dock.form.wrong.text()
    assert len([row for row in dock._grounds.rows if row.online]) == 2


def test_an_address_is_added_shown_and_forgotten(dock: BasemapsPanel):
    dock.form.title.setText("Mon fond")
    dock.form.template.setText("https://tuiles.example/{z}/{x}/{y}.png")
    dock.form.submit()
    mine = dock._grounds.rows[-1]
    assert (mine.title, mine.opacity, mine.own) == ("Mon fond", 1.0, True)
    dock._grounds.remove(mine)
    assert [row.title for row in dock._grounds.rows if row.own and row.online] == []
