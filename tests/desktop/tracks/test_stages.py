"""A stage is prepared from a GPX, its hours said in its own zone, its forces counted."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.tracks import gpx
from beffroi.tracks.fix import Fix
from beffroi.tracks.stage import Force, Leg, Stage, fields_of, stage_of
from desktop.api import Desk
from desktop.tracks import stage_saying
from desktop.tracks.panel import TracksPanel
from desktop.tracks.stage_form import StageForm
from desktop.tracks.stage_panel import around
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


@pytest.mark.parametrize(
    ("count", "current", "coming", "shown"),
    [(3, None, 0, (0, 3)), (20, 0, 1, (0, 9)), (20, 10, 11, (8, 17)), (20, 19, None, (11, 20)), (20, None, None, (11, 20))],
)  # fmt: skip
def test_the_legs_shown_are_those_around_the_one_under_way(count: int, current: int | None, coming: int | None, shown: tuple[int, int]) -> None:  # fmt: skip
    assert around(count, current, coming) == range(*shown)


def test_many_legs_with_long_names_leave_the_dock_its_width(
    desk: Desk, panel: TracksPanel, qtbot: QtBot
) -> None:
    long = "Relais {} – Boulevard du Maréchal-de-Lattre-de-Tassigny, face à la préfecture"
    legs = tuple(Leg(title=long.format(n), line=(at(n * 10), at(n * 10 + 10)), start=1 if n < 4 else None, end=2 if n < 4 else None) for n in range(20))  # fmt: skip
    desk.node.sheets.put("stage", fields_of(Stage(title=long, legs=legs)), desk.node.who)
    qtbot.waitUntil(lambda: panel.stage.stage is not None)
    assert panel.stage.minimumSizeHint().width() < 300
    assert panel.stage.start.toolTip() == f"Démarrer {long.format(4)}"
    said = [label.text() for label in panel.stage.findChildren(QLabel) if label.isVisibleTo(panel)]
    assert "2 tronçons avant" in said
    assert "9 tronçons après" in said
    assert long.format(5) in said
