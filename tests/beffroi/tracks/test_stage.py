"""A stage begins leg by leg, ends once, and tells what it came to; what goes out can come back."""

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pyogrio
import pytest
from lxml import etree

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.geodesic import leg
from beffroi.plugin import Sample
from beffroi.sources.reading import read
from beffroi.tracks import cot, gpx
from beffroi.tracks.following import Following, Moving
from beffroi.tracks.replay import Replay
from beffroi.tracks.report import report, words
from beffroi.tracks.rules import Rules, Setup, fields_of, setup_of
from beffroi.tracks.stage import Force, Leg, Stage, close, stage_of, start_leg
from beffroi.tracks.stage import fields_of as stage_fields
from beffroi.tracks.stops import stops
from tests.beffroi.tracks.town import BEGUN, at, fix, followed

TAHITI = ZoneInfo("Pacific/Tahiti")
MINUTE = 60_000
STAGE = Stage(
    title="Teahupo’o – To’ata", track="FLAMME", zone="Pacific/Tahiti",
    legs=(
        Leg(title="T1", line=(at(0), at(2000)), planned_start=BEGUN),
        Leg(title="T2", line=(at(2000), at(2800)), planned_start=BEGUN + 80 * MINUTE),
    ),
    forces=(Force(kind="GIGN", count=18), Force(kind="Gendarmerie", count=58)),
)  # fmt: skip


def test_legs_begin_one_after_the_other_and_the_stage_is_closed_once() -> None:
    assert STAGE.status == "planned"
    with pytest.raises(BeffroiError, match="n’a pas commencé"):
        close(STAGE, BEGUN)
    one = start_leg(STAGE, BEGUN + 2 * MINUTE)
    two = start_leg(one, BEGUN + 78 * MINUTE)
    assert (one.status, one.current, two.current) == ("started", 0, 1)
    assert two.legs[0].end == BEGUN + 78 * MINUTE
    assert (two.leg_at(BEGUN + 5 * MINUTE), two.leg_at(BEGUN + 79 * MINUTE)) == ("T1", "T2")
    with pytest.raises(BeffroiError, match="Tous les tronçons"):
        start_leg(two, BEGUN + 90 * MINUTE)
    done = close(two, BEGUN + 100 * MINUTE)
    assert (done.status, done.current) == ("done", None)
    for again in (start_leg, close):
        with pytest.raises(BeffroiError, match="close"):
            again(done, BEGUN + 101 * MINUTE)


def test_the_report_has_planned_and_actual_delays_incidents_the_longest_stop_and_forces() -> None:
    done = close(
        start_leg(start_leg(STAGE, BEGUN + 2 * MINUTE), BEGUN + 79 * MINUTE), BEGUN + 100 * MINUTE
    )
    moving = [fix(120 + n * 5, n * 10) for n in range(60)]
    still = [fix(420 + n * 5, 600) for n in range(41)]
    told = report(done, [*moving, *still, fix(900, 700)], ["MC-000003", "MC-000007"], Rules())
    assert [one.delay_s for one in told.legs] == [120, -60]
    assert told.longest is not None
    assert told.longest.seconds == 200
    assert words(told, TAHITI).splitlines() == [
        "Compte rendu d’étape\u00a0: Teahupo’o – To’ata",
        "T1\u00a0: 06h32 – 07h49 (prévu 06h30, retard 2\u00a0min)",
        "T2\u00a0: 07h49 – 08h10 (prévu 07h50, avance 1\u00a0min)",
        "2 incidents\u00a0: MC-000003, MC-000007",
        "Arrêt le plus long\u00a0: 3\u00a0min 20\u00a0s à 06h37",
        "Forces engagées\u00a0: GIGN 18, Gendarmerie 58",
    ]


def test_a_gap_in_the_positions_is_no_stop() -> None:
    found = stops([fix(0, 100), fix(5, 100), fix(905, 100), fix(910, 100)], 15, 60)
    assert [stop.seconds for stop in found] == [5, 5]


def test_a_stage_and_a_set_up_come_back_from_their_sheets() -> None:
    done = close(start_leg(STAGE, BEGUN), BEGUN + MINUTE)
    assert stage_of(msgspec.json.decode(msgspec.json.encode(stage_fields(done)))) == done
    setup = Setup(track="FLAMME", points=("c1",), rules=Rules(stop_s=90))
    assert setup_of({**fields_of(setup), "later": 1}) == setup


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"track": ""}, "Aucune piste"), ({"track": 3}, "illisible"),
        ({"rules": {"stop_s": -1}}, "délai"), ({"rules": {"amber_s": 180, "red_s": 60}}, "perdue après"),
        ({"bubble": {"inner_m": 60}}, "intérieur"), ({"bubble": {"ahead_m": 1e9}}, "100.km"),
    ],
)  # fmt: skip
def test_what_no_set_up_can_be_is_said_in_one_sentence(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(BeffroiError, match=said):
        setup_of({**fields_of(Setup(track="FLAMME")), **wrong})


def test_gpx_goes_out_and_comes_back() -> None:
    fixes = [fix(n * 5, n * 10, alt=4.0) for n in range(20)] + [fix(900, 300)]
    data = gpx.written({"FLAMME": fixes}, "Relais & 13/06")
    back = gpx.fixes_in(data)
    assert [(f.time, f.alt) for f in back] == [(f.time, f.alt) for f in fixes]
    assert max(leg(a.at, b.at)[0] for a, b in zip(fixes, back, strict=True)) < 0.02
    assert data.count(b"<trkseg>") == 2
    assert gpx.lines_in(data)[0][0] == "FLAMME"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<kml/>", "pas un GPX"),
        (b'<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>', "aucun point daté"),
        (b'<!DOCTYPE g [<!ENTITY a "b">]><gpx/>', "entités"),
    ],
)
def test_what_is_no_track_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BeffroiError, match=said):
        gpx.fixes_in(data)


def test_cot_goes_out_stale_when_its_source_said_so_or_when_we_call_it_old() -> None:
    told = [
        fix(0, 0, stale=BEGUN + 20_000, speed=3.5, course=90.0, ce=4.0, callsign='F "1" & <2>'),
        fix(5, 10),
    ]
    root = etree.fromstring(cot.written(told, Rules(amber_s=60)))
    first, second = root.findall("event")
    assert (first.get("time"), first.get("stale")) == (
        "2024-06-13T16:30:00.000Z",
        "2024-06-13T16:30:20.000Z",
    )
    assert second.get("stale") == "2024-06-13T16:31:05.000Z"
    assert first.find("detail/contact").get("callsign") == 'F "1" & <2>'
    assert second.find("point").get("ce") == "9999999.0"


def test_a_replay_tells_each_fix_once_at_its_pace_as_if_it_were_of_now() -> None:
    recorded = [fix(n * 5, n * 10, stale=BEGUN + n * 5000 + 20_000) for n in range(13)]
    replay = Replay(recorded, 1_000_000, speed=10)
    assert [f.time for f in replay.due(1_000_000)] == [1_000_000]
    assert [f.time for f in replay.due(1_001_000)] == [1_000_500, 1_001_000]
    replay.at_speed(60, 1_001_000)
    last = replay.due(1_010_000)
    assert len(last) == 10
    assert replay.done
    assert all(f.stale - f.time == 20_000 for f in last)
    assert max(f.time for f in last) <= 1_010_000


def test_a_name_from_anywhere_leaves_a_file_that_other_tools_open(tmp_path: Path) -> None:
    """GDAL reads the GPX, and what reads CoT reads the CoT, whatever a source called the thing."""
    named = msgspec.structs.replace(fix(0, 0), track="A\x00B", callsign="<FLAMME>\x0b & Cie")
    fixes = [named, msgspec.structs.replace(named, time=named.time + 1000)]
    path = tmp_path / "piste.gpx"
    path.write_bytes(gpx.written({"FLAMME\x01 <1>": fixes}, "Relais\x02"))
    (line,) = pyogrio.read_dataframe(path, layer="tracks", use_arrow=False).itertuples()
    assert line.name == "FLAMME <1>"
    assert len(pyogrio.read_dataframe(path, layer="track_points")) == 2
    found = read(Sample(data=cot.written(fixes, Rules()), name="piste.cot"))
    assert found.plugin == "cot"
    assert {record.properties["callsign"] for record in found.records} == {"<FLAMME> & Cie"}


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BeffroiError, match="ne peut pas être lu"):
        gpx.taken_from(tmp_path / "absent.gpx")


def test_a_speed_that_nobody_says_is_measured_by_the_last_seconds() -> None:
    following = followed()
    following.take([fix(0, 0)], BEGUN)
    assert moving(following).speed is None
    following.take([fix(n, n * 3) for n in range(1, 60)], BEGUN + MINUTE)
    assert moving(following).speed == pytest.approx(3.0, rel=0.01)
    following.take([fix(61, 200, speed=1.5)], BEGUN + 2 * MINUTE)
    assert moving(following).speed == 1.5


def moving(following: Following) -> Moving:
    (one,) = following.moving(BEGUN + MINUTE)
    return one
