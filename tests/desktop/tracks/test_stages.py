"""A stage is prepared from a GPX, its hours said in its own zone, its forces counted."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.tracks import gpx
from beffroi.tracks.fix import Fix
from beffroi.tracks.stage import Force, stage_of
from desktop.api import Desk
from desktop.tracks import stage_saying
from desktop.tracks.panel import TracksPanel
from desktop.tracks.stage_form import StageForm
from tests.beffroi.tracks.town import BEGUN, at
from tests.desktop.tracks.test_tracks import panel as panel
from tests.desktop.tracks.test_tracks import tracker_of

TAHITI = ZoneInfo("Pacific/Tahiti")
DAY = date(2024, 6, 13)


@pytest.fixture
def form(desk: Desk, panel: TracksPanel, qtbot: QtBot, tmp_path: Path) -> StageForm:
    legs = {
        f"T{n + 1}": [
            Fix(track="x", time=BEGUN + m, lon=at(n * 900 + m)[0], lat=at(n * 900 + m)[1])
            for m in range(0, 900, 100)
        ]
        for n in range(3)
    }
    path = tmp_path / "Relais 13-06.gpx"
    path.write_bytes(gpx.written(legs, "Relais"))
    now = desk.node.clock.now()
    lon, lat = at(0)
    tracker_of(desk).take([Fix(track="FLAMME", time=now, lon=lon, lat=lat)])
    panel.stage.from_gpx(path)
    qtbot.waitUntil(lambda: bool(panel.stage.findChildren(StageForm)))
    return panel.stage.findChildren(StageForm)[0]


def test_a_gpx_gives_one_leg_a_line_and_a_form_asks_the_rest(
    desk: Desk, panel: TracksPanel, form: StageForm, qtbot: QtBot
) -> None:
    assert form.title.text() == "Relais 13-06"
    assert form.legs.rowCount() == 3
    form.track.setCurrentIndex(form.track.findData("FLAMME"))
    form.zone.setCurrentIndex(form.zone.findData("Pacific/Tahiti"))
    form.day.setDate(form.day.date().fromString("2024-06-13", "yyyy-MM-dd"))
    form.legs.item(0, 1).setText("06h30")
    form.legs.item(1, 1).setText("7:50")
    form.forces.setText("GIGN 18, gendarmerie 58")
    form.submit()
    qtbot.waitUntil(lambda: panel.stage.stage is not None)
    (sheet,) = desk.node.sheets.all("stage")
    stage = stage_of(sheet.fields)
    assert (sheet.shared, stage.track, stage.zone) == (True, "FLAMME", "Pacific/Tahiti")
    assert [leg.planned_start for leg in stage.legs] == [BEGUN, BEGUN + 80 * 60_000, None]
    assert len(stage.legs[0].line) == 9
    assert stage.forces == (Force(kind="GIGN", count=18), Force(kind="gendarmerie", count=58))


def test_what_is_emptied_in_the_form_is_empty_in_the_stage(
    desk: Desk, panel: TracksPanel, form: StageForm, qtbot: QtBot
) -> None:
    form.forces.setText("GIGN 18")
    form.submit()
    qtbot.waitUntil(lambda: panel.stage.stage is not None)
    panel.stage.prepare()
    again = panel.stage.findChildren(StageForm)[-1]
    again.forces.clear()
    again.submit()
    qtbot.waitUntil(lambda: panel.stage.stage is not None and panel.stage.stage.forces == ())


def test_an_hour_that_is_none_is_said_in_the_form_and_nothing_is_lost(
    desk: Desk, form: StageForm
) -> None:
    form.legs.item(0, 1).setText("tôt")
    form.forces.setText("GIGN 18")
    form.submit()
    assert "tôt" in form.trouble.text()
    assert form.forces.text() == "GIGN 18"
    assert desk.node.sheets.all("stage") == []


@pytest.mark.parametrize("said", ["06h30", "6:30", " 6 h 30 ", "06H30"])
def test_hours_are_those_of_the_stage_whatever_the_way_to_write_them(said: str) -> None:
    assert stage_saying.moment(said, DAY, TAHITI) == BEGUN


@pytest.mark.parametrize("said", ["25h00", "6h75", "630", "midi"])
def test_what_is_no_hour_is_refused(said: str) -> None:
    with pytest.raises(BeffroiError, match="06h30"):
        stage_saying.moment(said, DAY, TAHITI)


def test_forces_come_back_as_they_were_typed() -> None:
    typed = "GIGN 18, véhicules de tête 3"
    assert stage_saying.said(stage_saying.forces(typed)) == typed
    with pytest.raises(BeffroiError, match="Combien"):
        stage_saying.forces("GIGN")
