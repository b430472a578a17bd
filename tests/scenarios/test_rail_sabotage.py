"""Scenario 5.A, 26 July 2024: rail sabotage on the day of the opening ceremony, steps 1–5 and 9–13.

The real window, store and map; every act is typed or clicked as at the centre.
Facts: press, as listed in the domain dossier (R86–R90); what posts say is test fiction.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beffroi.logbook import query
from beffroi.logbook.entry import Entry, GeoPrecision, Lifecycle, TimePrecision
from desktop.logbook.dossier_form import DossierForm
from desktop.logbook.dossier_panel import DossierPanel
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.figure_forms import ArbitrateForm, FigureForm
from desktop.logbook.writing import CaptureBar
from desktop.map.map_panel import MapPanel
from tests.scenarios.conftest import Room, capture, paris

ALARM = (
    "Alarme signalisation LGV Atlantique, trafic suspendu secteur Courtalain entre 1h et 5h30 B3"
)
CABLES = "Incendie artère de câbles Croisilles, LGV Nord B3"
FIRE = "Feu installation entre Vandières et Pagny-sur-Moselle, A2"
FOILED = "Vergigny: agents ont mis en fuite des individus en camionnette, pas de dégât, A2"
DOSSIER = "Sabotages réseau LGV 26/07"


def click_on_map(room: Room, lon: float, lat: float) -> None:
    """Bring the place to the middle of the map, ask for a position, click there."""
    panel = room.desk.docks.widget("map")
    assert isinstance(panel, MapPanel)
    bar = room.find(CaptureBar)
    room.desk.shared.go_to.emit(lon, lat, 13.0)

    def centred() -> bool:
        box = room.desk.shared.extent
        if box is None or box[2] - box[0] > 1:
            return False
        return abs((box[0] + box[2]) / 2 - lon) < 0.01 and abs((box[1] + box[3]) / 2 - lat) < 0.01

    room.until(centred)
    bar.pick_on_map()
    room.until_page(panel.view, "beffroi.tools.picking")
    page = panel.view.view.focusProxy()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().center())
    room.until(lambda: bar.line.pinned.lon is not None)


def located_fire(room: Room) -> Entry:
    """Step 3: the gendarmerie's liaison officer types, clicks the map, publishes."""
    bar = room.find(CaptureBar)
    kept: list[Entry] = []
    bar.published.connect(kept.append)
    room.command("logbook.new")
    room.write(bar.text, FIRE)
    click_on_map(room, 6.027, 48.965)
    bar.text.setFocus()
    room.write(bar.text, "\n")
    room.until(lambda: bool(kept))
    bar.published.disconnect(kept.append)
    return kept[0]


def figure(room: Room, value: str, source: str, at: str, note: str = "") -> None:
    """Write a figure into the open dossier."""
    panel = room.find(DossierPanel)
    before = sum(len(i.figures) for i in panel.shown.indicators) if panel.shown else 0
    panel.add_figure()
    form = panel.form
    assert isinstance(form, FigureForm)
    for field, text in (
        (form.indicator, "sites touchés"),
        (form.value, value),
        (form.source, source),
        (form.note, note),
    ):
        field.setFocus()
        room.write(field, text)
    form.as_of.selectAll()
    room.write(form.as_of, at + "\n")
    room.until(
        lambda: (
            panel.shown is not None
            and sum(len(i.figures) for i in panel.shown.indicators) == before + 1
        )
    )


@pytest.mark.timeout(240)
def test_the_morning_of_26_july(room: Room) -> None:
    node = room.node
    # 1–4: four reports in eighteen minutes
    room.at(5, 32, "m.leroy")
    alarm = capture(room, ALARM)
    assert alarm.content.time_precision is TimePrecision.INTERVAL
    assert alarm.content.event_end == paris(5, 30)
    assert alarm.content.event_time == paris(5, 30) - int(4.5 * 3_600_000)
    assert (alarm.content.source_grade, alarm.content.credibility) == ("B", 3)
    room.at(5, 36, "m.leroy")
    cables = capture(room, CABLES)
    room.at(5, 41, "a.benali")
    fire = located_fire(room)
    assert fire.content.lon == pytest.approx(6.027, abs=0.002)
    assert fire.content.lat == pytest.approx(48.965, abs=0.002)
    assert (fire.post, fire.content.source_grade, fire.content.credibility) == ("OL-DGGN", "A", 2)
    room.at(5, 50, "m.leroy")
    foiled = capture(room, FOILED)
    reports = (alarm, cables, fire, foiled)
    assert [entry.number for entry in reports] == [1, 2, 3, 4]

    # 5: select the four, make a dossier
    room.at(5, 55, "r.costa")
    room.desk.shared.select([entry.uid for entry in reports])
    room.command("logbook.dossier")
    form = room.find(DossierForm)
    form.gravity.setCurrentIndex(3)
    room.write(form.title, DOSSIER + "\n")
    room.until(lambda: bool(node.logbook.dossiers()))
    (dossier,) = node.logbook.dossiers()
    assert (dossier.title, dossier.gravity) == (DOSSIER, 3)
    assert set(dossier.entries) == {entry.uid for entry in reports}

    # 9–11: three sources, three figures
    panel = room.desk.docks.widget("dossiers")
    assert isinstance(panel, DossierPanel)
    room.desk.docks.show("dossiers")
    panel.open(dossier.uid)
    room.until(lambda: panel.shown is not None and panel.isVisible())
    room.at(6, 45, "m.leroy")
    figure(room, "4", "SNCF", "06:45")
    room.at(7, 30, "j.morel")
    figure(room, "3", "ministère", "07:30", "hors Vergigny déjouée")
    room.at(8, 10, "s.petit")
    figure(room, "5", "presse", "08:10", "tentatives comprises")
    assert panel.shown is not None
    (indicator,) = panel.shown.indicators
    assert indicator.conflict
    assert {(f.value, f.source, f.as_of) for f in indicator.figures} == {
        ("4", "SNCF", paris(6, 45)),
        ("3", "ministère", paris(7, 30)),
        ("5", "presse", paris(8, 10)),
    }

    # 12: the three values are shown; a wording is kept, with its reason
    room.at(8, 15, "l.faure")
    panel.arbitrate(indicator)
    settle = panel.form
    assert isinstance(settle, ArbitrateForm)
    room.write(settle.kept, "4 sites dégradés + 1 tentative déjouée")
    room.write(settle.reason, "la presse compte les tentatives\n")
    room.until(lambda: node.logbook.figures(dossier.uid)[0].arbitration is not None)
    (settled,) = node.logbook.figures(dossier.uid)
    assert settled.arbitration is not None
    assert settled.arbitration.kept == "4 sites dégradés + 1 tentative déjouée"
    assert not settled.conflict
    assert len(settled.figures) == 3

    # 13: the third report is corrected, with a reason; its number stays
    room.at(8, 20, "a.benali")
    entry_panel = room.desk.docks.widget("entry")
    assert isinstance(entry_panel, EntryPanel)
    room.desk.docks.show("logbook")
    room.desk.shared.open(fire.uid)
    room.until(lambda: entry_panel.seen is not None and entry_panel.seen.entry.uid == fire.uid)
    room.command("logbook.correct")
    editor = entry_panel.editor
    room.until(lambda: editor.mode == "correct" and editor.isVisible())
    editor.form.place.line.setFocus()
    editor.form.place.line.selectAll()
    room.write(editor.form.place.line, "Vandières (54)")
    room.until(editor.form.place.line.popup.isVisible)
    room.write(editor.form.place.line, "\n")
    room.until(lambda: editor.content.geo_precision is GeoPrecision.COMMUNE)
    room.write(editor.foot.reason, "précision")
    editor.finish()
    room.until(lambda: node.logbook.entry(fire.uid).version == 2)
    corrected = node.logbook.entry(fire.uid)
    assert corrected.number == fire.number
    assert corrected.lifecycle is Lifecycle.CORRECTED
    assert corrected.content.commune == "Vandières"
    assert corrected.content.geo_precision is GeoPrecision.COMMUNE
    history = node.logbook.history(fire.uid)
    assert [v.version for v in history] == [1, 2]
    assert history[-1].reason == "précision"
    assert history[0].content.lat == pytest.approx(48.965, abs=0.002)

    # (i) found whatever the accents and case; nothing broken in the chain
    found = node.search.first(query.parse("VERGIGNY", now=node.clock.now(), locate=lambda _t: None))
    assert foiled.uid in {entry.uid for entry in found}
    assert node.journal.verify() is None
    assert node.audit.verify() is None
