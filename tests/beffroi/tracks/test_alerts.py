"""What is watched for rings once, when it is so, and never for what comes late."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.tracks.alerts import AlertKind, sentence
from beffroi.tracks.rules import Rules, Setup
from beffroi.tracks.state import TrackState
from tests.beffroi.tracks.town import (
    BEGUN,
    FLAME,
    drive,
    fix,
    followed,
    ringing,
    scene,
    square,
)


def now(seconds: float) -> int:
    return BEGUN + round(seconds * 1000)


def test_a_sensitive_point_less_than_300_m_ahead_rings_once_and_ends_when_passed() -> None:
    following = followed(around=scene(points=[1000]))
    drive(following, [fix(n * 5, n * 10) for n in range(70)])
    assert ringing(following, now(345)) == []
    drive(following, [fix(350 + n * 5, 700 + n * 10) for n in range(1, 10)])
    (alert,) = following.alerts(now(400), waiting=True)
    assert (alert.kind, alert.about) == (AlertKind.AHEAD, "Point 0")
    assert 200 <= alert.value < 300
    assert sentence(alert, "Flamme").startswith("Flamme\u00a0: Point 0 à 2")
    drive(following, [fix(400 + n * 5, 800 + n * 10) for n in range(1, 30)])
    assert ringing(following, now(545)) == []


def test_a_point_beyond_300_m_or_behind_or_far_from_the_road_says_nothing() -> None:
    following = followed(around=scene(points=[50, 900]))
    drive(following, [fix(n * 5, 200 + n) for n in range(30)])
    assert ringing(following, now(145)) == []


def test_off_route_begins_beyond_40_m_and_ends_well_inside() -> None:
    following = followed()
    drive(following, [fix(0, 0), fix(5, 50, 39)])
    assert ringing(following, now(5)) == []
    drive(following, [fix(10, 100, 41)])
    assert ringing(following, now(10)) == ["off_route"]
    drive(following, [fix(15, 150, 38)])
    assert ringing(following, now(15)) == ["off_route"], "it trembles at the edge"
    drive(following, [fix(20, 200, 20)])
    assert ringing(following, now(20)) == []


def test_a_stop_rings_after_180_s_and_not_at_180() -> None:
    following = followed()
    drive(following, [fix(n * 5, 100 + (n % 3)) for n in range(37)])
    assert ringing(following, now(180)) == []
    drive(following, [fix(190, 101)])
    (alert,) = following.alerts(now(190), waiting=True)
    assert (alert.kind, alert.value) == (AlertKind.STOP, 190.0)
    drive(following, [fix(200, 130)])
    assert ringing(following, now(200)) == []


def test_silence_ages_a_track_to_amber_then_red_and_its_alert_with_it() -> None:
    following = followed()
    drive(following, [fix(0, 0)])
    for second, state, rings in (
        (60, TrackState.LIVE, []), (61, TrackState.STALE, ["no_fix"]),
        (180, TrackState.STALE, ["no_fix"]), (181, TrackState.LOST, ["lost"]),
    ):  # fmt: skip
        following.tick(now(second))
        shown = following.one(FLAME, now(second))
        assert shown is not None
        assert (shown.state, ringing(following, now(second))) == (state, rings), second


def test_a_source_that_no_longer_vouches_makes_a_track_stale_at_once() -> None:
    following = followed()
    following.take([fix(0, 0, stale=now(10))], now(0))
    shown = following.one(FLAME, now(11))
    assert shown is not None
    assert shown.state is TrackState.STALE


def test_zones_are_entered_and_left_and_being_in_one_at_first_is_no_entry() -> None:
    following = followed(around=scene(zones=[square("a", -50, 100), square("b", 300, 400)]))
    drive(following, [fix(n * 5, n * 10) for n in range(45)])
    found = [(a.kind, a.about) for a in reversed(following.alerts(now(220)))]
    assert found == [
        (AlertKind.LEAVES, "Zone a"), (AlertKind.ENTERS, "Zone b"), (AlertKind.LEAVES, "Zone b"),
    ]  # fmt: skip


def test_a_drawing_that_changes_meanwhile_hides_no_entry_and_makes_none() -> None:
    one, other = square("a", 300, 400), square("b", 90, 210)
    following = followed(around=scene(zones=[one]))
    drive(following, [fix(n * 5, n * 10) for n in range(20)])
    following.set_up([(Setup(track=FLAME), scene(zones=[one, other]))])
    drive(following, [fix(100 + n * 5, 200 + n * 10) for n in range(12)])
    found = [(a.kind, a.about) for a in reversed(following.alerts(now(160)))]
    assert found == [(AlertKind.LEAVES, "Zone b"), (AlertKind.ENTERS, "Zone a")]


def test_an_alert_is_taken_or_quiet_for_five_minutes_then_back_if_it_is_still_so() -> None:
    following = followed()
    drive(following, [fix(n * 5, 100) for n in range(39)])
    (alert,) = following.alerts(now(190), waiting=True)
    following.mute(FLAME, alert.key, now(190))
    drive(following, [fix(195 + n * 5, 100) for n in range(58)])
    assert ringing(following, now(480)) == []
    drive(following, [fix(490, 100)])
    assert ringing(following, now(491)) == ["stop"]
    following.acknowledge(FLAME, alert.key, "OL-GIGN")
    assert ringing(following, now(491)) == []


def test_a_rule_at_zero_is_off() -> None:
    off = Rules(ahead_m=0, off_route_m=0, stop_s=0, amber_s=0, red_s=0, zones=False)
    following = followed(
        Setup(track=FLAME, rules=off), scene(points=[100], zones=[square("a", 5, 9)])
    )
    drive(following, [fix(n * 5, 60, 300) for n in range(60)])
    following.tick(now(9000))
    assert following.alerts(now(9000)) == []


def test_sixty_buffered_fixes_out_of_order_move_the_track_and_ring_nothing() -> None:
    around = scene(points=[600], zones=[square("a", 500, 700)])
    following = followed(around=around)
    drive(following, [fix(0, 0), fix(5, 10)])
    following.tick(now(200))
    assert ringing(following, now(200)) == ["lost"]
    buffered = [fix(10 + n * 5, 600, 300) for n in range(60)] + [fix(310, 1500)]
    random.Random(4).shuffle(buffered)
    following.take(buffered, now(311))
    assert ringing(following, now(311)) == []
    shown = following.one(FLAME, now(311))
    assert shown is not None
    assert shown.last.time == now(310)
    assert len(following.past(FLAME, 0)) == 63
    assert [a.kind for a in following.alerts(now(311)) if not a.over] == []


LATE = st.lists(
    st.tuples(st.integers(0, 3600), st.floats(0, 2900), st.floats(-400, 400)), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(late=LATE, together=st.booleans())
def test_late_fixes_never_ring_and_never_move_a_track(
    late: list[tuple[int, float, float]], together: bool
) -> None:
    following = followed(around=scene(points=[1500], zones=[square("a", 1000, 2000)]))
    following.take([fix(3700, 100)], now(3700))
    before = following.one(FLAME, now(3705))
    told = [fix(second, metres, beside) for second, metres, beside in late]
    if together:
        following.take(told, now(3705))
    else:
        for one in told:
            following.take([one], now(3705))
    assert following.alerts(now(3705)) == []
    assert following.one(FLAME, now(3705)) == before


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_order_of_arrival_never_shows_in_the_past(data: st.DataObject) -> None:
    told = [fix(n * 7, n * 30) for n in range(15)]
    one, other = followed(), followed()
    one.take(told, now(110))
    for some in data.draw(st.permutations(told)):
        other.take([some], now(110))
    assert list(one.past(FLAME, 0)) == list(other.past(FLAME, 0))


@pytest.mark.parametrize("ahead_s", [121, 86_400])
def test_a_clock_that_is_ahead_moves_nothing(ahead_s: int) -> None:
    following = followed()
    following.take([fix(0, 0)], now(0))
    following.take([fix(ahead_s, 2000)], now(0))
    shown = following.one(FLAME, now(1))
    assert shown is not None
    assert shown.last.time == now(0)
