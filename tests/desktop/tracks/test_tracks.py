"""The dock of tracks: what is chosen, followed, rung for, played again; the map draws the same."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.observations import ObservationsChanged
from beffroi.observations.encoding import bodies
from beffroi.plugin import Record
from beffroi.tracks import gpx
from beffroi.tracks.fix import Fix
from beffroi.tracks.rules import Rules, Setup, fields_of
from desktop import tracks
from desktop.api import Desk
from desktop.shell.window import Window
from desktop.tracks.alert_cards import AlertCard
from desktop.tracks.bubble_form import BubbleForm
from desktop.tracks.drawing import Drawing
from desktop.tracks.panel import TracksPanel
from desktop.tracks.saving import Saving
from desktop.tracks.tracker import PORTION, Tracker
from tests.beffroi.tracks.town import at
from tests.conftest import HeldClock
from tests.desktop.map.conftest import Map
from tests.desktop.map.conftest import shown as shown

FLAME = "FLAMME"


@pytest.fixture
def panel(desk: Desk, window: Window) -> TracksPanel:
    tracks.install(desk)
    found = desk.docks.widget("tracks")
    assert isinstance(found, TracksPanel)
    window.resize(1300, 850)
    window.show()
    desk.docks.show("tracks")
    return found


def tracker_of(desk: Desk) -> Tracker:
    found = desk.shared.findChild(Tracker)
    assert isinstance(found, Tracker)
    return found


def fix(desk: Desk, metres: float = 0, *, ago: float = 0, track: str = FLAME) -> Fix:
    lon, lat = at(metres)
    now = desk.node.clock.now()
    return Fix(track=track, time=now - round(ago * 1000), lon=lon, lat=lat, callsign=track)


def follow(desk: Desk, qtbot: QtBot, **rules: float) -> None:
    setup = Setup(track=FLAME, rules=Rules(**rules))
    desk.node.sheets.put("track", fields_of(setup), desk.node.who, shared=True)
    qtbot.waitUntil(lambda: FLAME in tracker_of(desk).following.watches)


def test_an_empty_dock_says_what_to_do(panel: TracksPanel) -> None:
    assert panel.stack.currentWidget() is panel.empty
    assert not panel.bubble.isEnabled()


def test_what_moves_is_listed_followed_first_and_keeps_the_choice(
    desk: Desk, panel: TracksPanel, qtbot: QtBot
) -> None:
    tracker_of(desk).take([fix(desk, track="A"), fix(desk)])
    assert [one.uid for one in panel.model.rows] == ["A", FLAME]
    panel.choose(FLAME)
    follow(desk, qtbot)
    qtbot.waitUntil(lambda: [one.uid for one in panel.model.rows] == [FLAME, "A"])
    assert panel.uid == FLAME


def test_a_bubble_is_set_changed_and_left_by_keyboard_alone(
    desk: Desk, panel: TracksPanel, qtbot: QtBot
) -> None:
    tracker_of(desk).take([fix(desk)])
    panel.choose(FLAME)
    desk.commands.run("tracks.bubble")
    (form,) = panel.findChildren(BubbleForm)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    desk.commands.run("tracks.bubble")
    form = panel.findChildren(BubbleForm)[-1]
    qtbot.keyClicks(form.title, "La flamme")
    qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: FLAME in tracker_of(desk).following.watches)
    (sheet,) = desk.node.sheets.all("track")
    assert (sheet.shared, sheet.fields["title"]) == (True, "La flamme")


def test_what_cannot_be_is_said_in_the_form_and_it_stays(
    desk: Desk, panel: TracksPanel, qtbot: QtBot
) -> None:
    tracker_of(desk).take([fix(desk)])
    panel.choose(FLAME)
    panel.ask_bubble()
    (form,) = panel.findChildren(BubbleForm)
    form._numbers["inner_m"].setValue(80)
    form.submit()
    assert not form.trouble.isHidden()
    assert "intérieur" in form.trouble.text()


def test_an_alert_has_its_card_until_somebody_takes_it(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock
) -> None:
    follow(desk, qtbot)
    tracker_of(desk).take([fix(desk)])
    clock.forward(61)
    qtbot.waitUntil(lambda: bool(panel.cards.findChildren(AlertCard)))
    (card,) = panel.cards.findChildren(AlertCard)
    assert "pas de position depuis" in card.accessibleName()
    card.taken.emit()
    assert not panel.cards.isVisible()
    assert tracker_of(desk).following.alerts(clock.now())[0].taken_by == desk.node.who.post


def test_an_alert_becomes_an_entry_with_its_place_and_hour(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock
) -> None:
    asked: list[object] = []
    desk.shared.entry_asked.connect(asked.append)
    follow(desk, qtbot)
    tracker_of(desk).take([fix(desk, 100)])
    clock.forward(61)
    qtbot.waitUntil(lambda: bool(panel.cards.findChildren(AlertCard)))
    panel.cards.findChildren(AlertCard)[0].written.emit()
    (prefill,) = asked
    assert (prefill.lon, prefill.lat) == at(100)
    assert prefill.text.startswith("10h00 – FLAMME")


def test_positions_of_a_cot_source_become_tracks(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock
) -> None:
    source = desk.node.sheets.put("source", {"title": "TAK", "format": "cot"}, desk.node.who).uid
    record = Record(
        id="ANDROID-1", geometry={"type": "Point", "coordinates": [-149.5, -17.5]},
        properties={"callsign": "RUNNERS", "speed": 3.0, "course": 80.0}, time=clock.now(),
        until=clock.now() + 60_000,
    )  # fmt: skip
    desk.node.observations.put(source, [record], snapshot=False, now=clock.now())
    desk.node.feed.publish(ObservationsChanged(source=source))
    qtbot.waitUntil(lambda: panel.model.row_of("ANDROID-1") >= 0)
    one = tracker_of(desk).following.one("ANDROID-1", clock.now())
    assert one is not None
    assert (one.callsign, one.last.speed, one.last.stale) == ("RUNNERS", 3.0, clock.now() + 60_000)


def test_a_burst_is_taken_in_by_portions(desk: Desk, panel: TracksPanel, qtbot: QtBot) -> None:
    burst = [fix(desk, n % 500, ago=n / 10) for n in range(3 * PORTION)]
    tracker_of(desk).take(burst)
    qtbot.waitUntil(lambda: len(tracker_of(desk).following.past(FLAME, 0)) == 3 * PORTION)


def test_a_gpx_is_played_again_at_sixty_times_its_pace(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, tmp_path: Path, clock: HeldClock
) -> None:
    path = tmp_path / "flamme.gpx"
    recorded = [fix(desk, n * 10, ago=3600 - n * 5) for n in range(60)]
    path.write_bytes(gpx.written({FLAME: recorded}, "Relais"))
    panel.replay.speed.setCurrentIndex(panel.replay.speed.count() - 1)
    panel.replay.play(path)
    qtbot.waitUntil(lambda: tracker_of(desk).replay is not None)
    clock.forward(10)
    qtbot.waitUntil(lambda: tracker_of(desk).replay is None)
    assert len(tracker_of(desk).following.past(FLAME, 0)) == 60


def test_a_track_is_saved_and_that_it_left_is_traced(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    tracker_of(desk).take([fix(desk)])
    path = tmp_path / "piste.gpx"
    Saving(desk, tracker_of(desk), panel).save(path, lambda: b"<gpx/>")
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: any(desk.node.audit.lines(action="export")))


def test_the_map_draws_each_track_in_one_world_and_no_frame_goes_beyond_the_last_fix(
    desk: Desk, shown: Map, qtbot: QtBot
) -> None:
    tracks.install(desk)
    desk.docks.widget("tracks").draw()
    shown.go(-149.27, -17.85, 14)
    follow(desk, qtbot)
    tracker = tracker_of(desk)
    painted: list[dict[str, int]] = []
    desk.canvas.on("tracks-painted", painted.append)
    tracker.take([fix(desk, 0, ago=2)])
    qtbot.waitUntil(lambda: bool(painted))
    tracker.take([fix(desk, 400)])
    qtbot.waitUntil(lambda: painted[-1]["newest"] == desk.node.clock.now())
    drawing = desk.shared.findChild(Drawing)
    assert isinstance(drawing, Drawing)
    page = drawing.page()
    assert [t["uid"] for t in page["tracks"]] == [FLAME]
    for ring in page["bubbles"][0]["rings"]:
        lons = [lon for lon, _lat in ring]
        assert max(lons) - min(lons) < 0.1
    shown.ask("fetch('tracks/now').then((r) => r.json()).then((j) => { window.seen = j; }) && 1")
    shown.wait(f"window.seen && window.seen.tracks[0].lon === {at(400)[0]}")


def test_an_alert_is_told_once_wherever_one_works(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock, heard: list[tuple[str, str]]
) -> None:
    follow(desk, qtbot)
    tracker = tracker_of(desk)
    tracker.take([fix(desk)])
    clock.forward(61)
    qtbot.waitUntil(lambda: bool(heard))
    clock.forward(5)
    tracker._second()
    tracker._second()
    assert [level for level, _text in heard] == ["info"]
    clock.forward(120)
    tracker._second()
    assert [level for level, _text in heard] == ["info", "warning"]
    assert "position perdue" in heard[1][1]


def test_a_card_that_stays_keeps_the_keyboard(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock
) -> None:
    follow(desk, qtbot)
    tracker_of(desk).take([fix(desk)])
    clock.forward(61)
    qtbot.waitUntil(lambda: bool(panel.cards.findChildren(AlertCard)))
    (card,) = panel.cards.findChildren(AlertCard)
    clock.forward(10)
    tracker_of(desk)._second()
    assert panel.cards.findChildren(AlertCard) == [card]
    assert "depuis 71\u00a0s" in card.accessibleName()


def test_positions_that_come_late_fill_the_past_and_ring_nothing(
    desk: Desk, panel: TracksPanel, qtbot: QtBot, clock: HeldClock
) -> None:
    source = desk.node.sheets.put("source", {"title": "TAK", "format": "cot"}, desk.node.who).uid
    setup = Setup(track="ANDROID-1")
    desk.node.sheets.put("track", fields_of(setup), desk.node.who, shared=True)
    begun = clock.now()

    def told(*seconds: int) -> None:
        records = [
            Record(
                id="ANDROID-1", time=begun + second * 1000,
                geometry={"type": "Point", "coordinates": list(at(second * 3))},
            )
            for second in seconds
        ]  # fmt: skip
        desk.node.observations.put_rows(
            source, bodies(records), snapshot=False, now=clock.now(), moving=True
        )
        desk.node.feed.publish(ObservationsChanged(source=source))

    def known() -> list[int]:
        past = tracker_of(desk).following.past("ANDROID-1", 0)
        return [(fix.time - begun) // 1000 for fix in past]

    told(0)
    qtbot.waitUntil(lambda: known() == [0])
    clock.forward(300)
    told(300)
    qtbot.waitUntil(lambda: known() == [0, 300])
    told(200, 100, 150, 250)
    qtbot.waitUntil(lambda: known() == [0, 100, 150, 200, 250, 300])
    waiting = tracker_of(desk).following.alerts(clock.now(), waiting=True)
    assert waiting == []
