"""Scenario 5.B, 13 June 2024: a stage of the torch relay in French Polynesia, and its moving bubble.

The real window, store and map at 149° W; fixes come every five seconds as a CoT source brings them.
Facts: press, as listed in the domain dossier (R91–R96); what posts say is test fiction.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from lxml import etree
from pytestqt.qtbot import QtBot

from beffroi.access import Account
from beffroi.clock import PARIS, to_datetime
from beffroi.errors import BeffroiError
from beffroi.layers.drawing.geodesic import area, leg, reach
from beffroi.layers.shapes import Position, Shape
from beffroi.layers.shapes import fields_of as shape_fields
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from beffroi.tracks import cot, gpx
from beffroi.tracks.alerts import AlertKind
from beffroi.tracks.fix import Fix
from beffroi.tracks.stage import Force, Leg, Stage, fields_of
from desktop import logbook, tracks
from desktop import map as map_
from desktop.kit.canvas import Event
from desktop.kit.theme import Theme
from desktop.logbook.writing import CaptureBar
from desktop.shell.assembly import Assembly
from desktop.tracks.alert_cards import AlertCard
from desktop.tracks.bubble_form import BubbleForm
from desktop.tracks.panel import TracksPanel
from desktop.tracks.tracker import Tracker
from tests.conftest import CHEAP, SECRET, HeldClock
from tests.desktop.conftest import dressed as dressed
from tests.desktop.conftest import french as french
from tests.desktop.conftest import nothing_left_behind as nothing_left_behind
from tests.desktop.conftest import own_folders as own_folders
from tests.desktop.conftest import sweep
from tests.desktop.conftest import theme as theme
from tests.scenarios.conftest import Hands

TAHITI = ZoneInfo("Pacific/Tahiti")
FLAME = "FLAMME"
ROAD_END: Position = (-149.272, -17.847)
PLANNED = ("06:30", "07:50", "09:00", "10:20", "11:40", "13:00", "14:20", "15:40", "17:00", "18:20")
LEG_M = 2000
CROWD = "06h52 intrusion d’un individu dans le cordon, interpellé, convoi repart à 06h54"


def tahiti(hour: int, minute: int, second: int = 0) -> int:
    """UTC milliseconds of a time in Tahiti (UTC−10) on 13 June 2024."""
    day = datetime(2024, 6, 13, hour, minute, second, tzinfo=TAHITI)
    return round(day.astimezone(UTC).timestamp() * 1000)


def road(metres: float, beside: float = 0.0) -> Position:
    """A position so far along the way to Papeete, and so far beside it."""
    place = reach(ROAD_END, metres, 300)
    return reach(place, beside, 30) if beside else place


@dataclass
class Relay(Hands):
    """The haut-commissariat's desk, its clock, and the flame."""

    assembly: Assembly
    bot: QtBot
    clock: HeldClock
    painted: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.assembly, self.bot)
        self.desk.canvas.on("tracks-painted", self.painted.append)

    @property
    def tracker(self) -> Tracker:
        found = self.desk.shared.findChild(Tracker)
        assert isinstance(found, Tracker)
        return found

    @property
    def panel(self) -> TracksPanel:
        found = self.desk.docks.widget("tracks")
        assert isinstance(found, TracksPanel)
        return found

    def at(self, hour: int, minute: int, second: int = 0) -> None:
        self.clock.at = tahiti(hour, minute, second)

    def fix(self, moment: int, metres: float) -> Fix:
        lon, lat = road(metres)
        return Fix(
            track=FLAME,
            time=moment,
            stale=moment + 60_000,
            lon=lon,
            lat=lat,
            callsign=FLAME,
            ce=4.0,
        )

    def drive(self, start: int, seconds: int, begin_m: float, end_m: float) -> None:
        """One fix every five seconds, each told when it is made."""
        for second in range(0, seconds + 1, 5):
            self.clock.at = start + second * 1000
            metres = begin_m + (end_m - begin_m) * (second / seconds if seconds else 0)
            self.tracker.take([self.fix(self.clock.at, metres)])

    def ringing(self) -> list[str]:
        found = self.tracker.following.alerts(self.clock.now(), waiting=True)
        return [alert.kind for alert in found]

    def state(self) -> str:
        one = self.tracker.following.one(FLAME, self.clock.now())
        assert one is not None
        return one.state

    def drawn(self) -> dict[str, object]:
        """What the page has of the flame."""
        from desktop.tracks.drawing import Drawing

        drawing = self.desk.shared.findChild(Drawing)
        assert isinstance(drawing, Drawing)
        return drawing.page()

    def publish(self, more: str) -> Entry:
        """Finish what is being captured."""
        bar = self.desk.docks.widget("logbook").findChild(CaptureBar)
        assert isinstance(bar, CaptureBar)
        kept: list[Entry] = []
        bar.published.connect(kept.append)
        self.until(lambda: bar.isVisible() and bar.text.toPlainText().strip() != "")
        self.write(bar.text, more + "\n")
        self.until(lambda: bool(kept))
        bar.published.disconnect(kept.append)
        return kept[0]


@pytest.fixture
def relay(
    tmp_path: Path,
    theme: Theme,
    clock: HeldClock,
    qtbot: QtBot,
) -> Iterator[Relay]:
    clock.at = tahiti(6, 0)
    account = Account(
        name="h.tehei", display="Heimana Tehei", organisation="Haut-commissariat",
        posts=("Opérateur carto", "OL-GIGN"),
    )  # fmt: skip
    info = ProfileInfo(title="Relais 13/06", workspace="hc-987", zone="Pacific/Tahiti")
    create_profile(tmp_path / "profil", info, [(account, SECRET)], clock, cost=CHEAP)
    node = open_node(tmp_path / "profil", "h.tehei", SECRET, clock=clock)
    built = Assembly(node, theme)
    painted: list[str] = []
    built.desk.shared.painted.connect(painted.append)
    built.window.resize(1500, 950)
    built.window.show()
    qtbot.waitExposed(built.window)
    built.window.activateWindow()
    built.install([logbook.install, map_.install, tracks.install])
    qtbot.waitUntil(lambda: "map" in painted, timeout=30_000)
    yield Relay(built, qtbot, clock)
    built.close()
    node.close()
    sweep()


def prepared(node: Node) -> str:
    """Ten legs, a calque with a hospital beside the road; the stage's uid."""
    legs = tuple(
        Leg(
            title=f"T{n + 1}",
            line=tuple(road(n * LEG_M + step) for step in range(0, LEG_M + 1, 250)),
            planned_start=tahiti(*map(int, hour.split(":"))),
        )
        for n, hour in enumerate(PLANNED)
    )
    forces = (Force(kind="Convoi", count=76), Force(kind="Véhicules", count=50))
    stage = Stage(
        title="Teahupo’o – To’ata", track=FLAME, zone="Pacific/Tahiti", legs=legs, forces=forces
    )
    layer = node.sheets.put(
        "layer", {"title": "Points sensibles", "kind": "drawing"}, node.who, shared=True
    )
    point = Shape(layer=layer.uid, kind="point", points=(road(1500, 20),), label="Dispensaire")
    node.sheets.put("shape", shape_fields(point), node.who, shared=True)
    return node.sheets.put("stage", fields_of(stage), node.who, shared=True).uid


def ask_bubble(relay: Relay) -> None:
    """Step 1: the flame is chosen in the list, its bubble asked for and kept as proposed."""
    relay.command("tracks.show")
    relay.until(lambda: relay.panel.model.row_of(FLAME) >= 0 and relay.panel.stage.uid != "")
    relay.panel.choose(FLAME)
    relay.command("tracks.bubble")
    form = relay.find(BubbleForm)
    assert [form.said().bubble.inner_m, form.said().bubble.middle_m] == [15, 50]
    rules = form.said().rules
    assert (rules.ahead_m, rules.off_route_m, rules.stop_s) == (300, 40, 180)
    assert (rules.amber_s, rules.red_s) == (60, 180)
    form.points.item(0).setCheckState(form.points.item(0).checkState().Checked)
    form.submit()
    relay.until(lambda: FLAME in relay.tracker.following.watches)
    relay.until(lambda: relay.tracker.following.watches[FLAME].scene.route is not None)


def on_screen_in(relay: Relay, fix: Fix) -> float:
    """Seconds from a fix to its place on the map."""
    begun = time.perf_counter()
    relay.tracker.take([fix])
    relay.until(lambda: any(event["newest"] >= fix.time for event in relay.painted))
    return time.perf_counter() - begun


def card(relay: Relay) -> AlertCard:
    """The card of what rings, once the dock of tracks is in front."""
    relay.command("tracks.show")
    relay.until(lambda: bool([c for c in relay.panel.findChildren(AlertCard) if c.isVisible()]))
    return relay.find(AlertCard)


def intrusion(node: Node) -> Entry:
    """Step 4: A1 is refused while nothing corroborates it; A2 is kept."""
    content = Content(
        text=CROWD, tags=("ORG.RELAIS", "SEC.TROUBLE"), gravity=2, key_event=True,
        event_time=tahiti(6, 52), source_grade="A", credibility=1,
    )  # fmt: skip
    with pytest.raises(BeffroiError):
        node.logbook.publish(content, node.who)
    return node.logbook.publish(msgspec.structs.replace(content, credibility=2), node.who)


def test_a_stage_of_the_relay(relay: Relay, tmp_path: Path) -> None:
    node, following = relay.node, relay.tracker.following
    prepared(node)
    relay.tracker.take([relay.fix(tahiti(6, 0), 0)])

    # 1. 06:00, Piste FLAMME → Bulle…
    ask_bubble(relay)
    rings = following.areas(FLAME)
    assert area(rings.middle) == pytest.approx(3.14159 * 50**2, rel=0.01)
    assert 0 < area(rings.corridor) <= 1000 * 60 * 1.01

    # 2. 06:30, Démarrer tronçon 1 → an entry is proposed
    relay.at(6, 30)
    relay.until(relay.panel.stage.start.isEnabled)
    relay.command("tracks.start_leg")
    departure = relay.publish("")
    assert "Départ T1" in departure.content.text
    assert departure.content.text.startswith("06h30")

    # the bubble follows within a second, and rests on the last fix
    relay.drive(tahiti(6, 30, 5), 600, 10, 1000)
    assert relay.ringing() == []
    took = []
    for n, second in enumerate((15, 20, 25)):
        relay.at(6, 40, second)
        took.append(on_screen_in(relay, relay.fix(tahiti(6, 40, second), 1008 + 4 * n)))
    assert min(took) < 1.0, took
    before = following.areas(FLAME)
    relay.clock.forward(4)
    following.tick(relay.clock.now())
    assert following.areas(FLAME) == before

    # 3. 06:41, it stops for 190 s → a card → an entry with position, leg, local time
    relay.drive(tahiti(6, 41), 190, 1040, 1040)
    assert relay.ringing() == [AlertKind.STOP]
    card(relay).written.emit()
    photo = relay.publish("arrêt photo, RAS")
    assert photo.content.text.startswith("06h44 – T1 – FLAMME")
    assert "à l’arrêt depuis" in photo.content.text
    assert leg((photo.content.lon or 0, photo.content.lat or 0), road(1040))[0] < 1
    assert relay.ringing() == []

    # a sensitive point less than 300 m ahead
    relay.drive(tahiti(6, 44, 15), 120, 1060, 1300)
    assert relay.ringing() == [AlertKind.AHEAD]
    card(relay).taken.emit()
    assert relay.ringing() == []

    # 4. 06:52, intrusion
    entry = intrusion(node)
    assert f"{to_datetime(entry.event_time, TAHITI):%Hh%M}" == "06h52"
    assert f"{to_datetime(entry.event_time, PARIS):%Hh%M}" == "18h52"
    assert f"{to_datetime(entry.event_time):%Y-%m-%dT%H:%M:%SZ}" == "2024-06-13T16:52:00Z"

    # 5. 07:05, the feed is cut: amber after 60 s, red after 180 s, hatched where it was
    relay.drive(tahiti(7, 4), 60, 1900, 2000)
    relay.at(7, 6, 5)
    relay.until(lambda: relay.state() == "stale")
    shown = next(t for t in relay.drawn()["tracks"] if t["uid"] == FLAME)
    assert shown["words"] == "dernière position 07h05 (il y a 1\u00a0min)"
    assert [b["state"] for b in relay.drawn()["bubbles"]] == ["stale"]
    relay.at(7, 8, 5)
    assert relay.state() == "lost"
    relay.until(lambda: AlertKind.LOST in relay.ringing())

    # 6. 07:10, 60 buffered points out of order: the past is drawn, nothing rings, the bubble jumps
    raised = len(following.alerts(relay.clock.now()))
    buffered = [relay.fix(tahiti(7, 5) + n * 5000, 2000 + n * 8) for n in range(1, 61)]
    last = buffered[-1]
    random.Random(1).shuffle(buffered)
    relay.at(7, 10, 2)
    relay.tracker.take(buffered)
    assert relay.ringing() == []
    assert len(following.alerts(relay.clock.now())) == raised
    one = following.one(FLAME, relay.clock.now())
    assert one is not None
    assert (one.last, one.state) == (last, "live")
    assert len(relay.drawn()["pasts"][0]["line"]) > 120

    # the nine other legs, each started; 7. 19:00, Clore étape
    for n in range(1, 10):
        hour, minute = map(int, PLANNED[n].split(":"))
        relay.at(hour, minute + 3)
        relay.until(lambda n=n: relay.panel.stage.start.text().endswith(f"T{n + 1}"))
        relay.command("tracks.start_leg")
        relay.publish("")
    relay.at(19, 0)
    relay.until(relay.panel.stage.end.isEnabled)
    assert f"{to_datetime(relay.clock.now(), PARIS):%d/%m %Hh%M}" == "14/06 07h00"
    relay.command("tracks.close_stage")
    report = relay.publish("")
    check_report(report.content.text, [photo.label, entry.label])
    check_exports(relay, following.past(FLAME, 0))


def check_report(text: str, incidents: Sequence[str]) -> None:
    lines = text.replace("\u00a0", " ").splitlines()
    assert lines[0] == "Compte rendu d’étape : Teahupo’o – To’ata"
    assert lines[1] == "T1 : 06h30 – 07h53 (prévu 06h30, à l’heure)"
    assert lines[2] == "T2 : 07h53 – 09h03 (prévu 07h50, retard 3 min)"
    assert lines[10].startswith("T10 : 18h23 – 19h00")
    assert lines[11] == f"2 incidents : {', '.join(incidents)}"
    assert lines[12] == "Arrêt le plus long : 3 min 10 s à 06h41"
    assert lines[13] == "Forces engagées : Convoi 76, Véhicules 50"


def check_exports(relay: Relay, fixes: Sequence[Fix]) -> None:
    back = gpx.fixes_in(gpx.written({FLAME: fixes}, "Relais"))
    assert [fix.time for fix in back] == [fix.time for fix in fixes]
    rules = relay.tracker.following.watches[FLAME].rules
    events = etree.fromstring(cot.written(fixes, rules)).findall("event")
    worth = {
        datetime.fromisoformat(e.get("stale")) - datetime.fromisoformat(e.get("time"))
        for e in events
    }
    assert {delta.total_seconds() for delta in worth} == {60.0}
