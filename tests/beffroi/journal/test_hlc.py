"""Stamps follow wall time, never go back, and are not dragged into the future."""

from hypothesis import given
from hypothesis import strategies as st

from beffroi.journal.hlc import MAX_AHEAD_MS, HybridClock, wall_time
from tests.conftest import HeldClock


@given(moves=st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=50))
def test_stamps_always_grow_whatever_the_clock_does(moves: list[int]) -> None:
    clock = HeldClock()
    hlc = HybridClock(clock)
    stamps = []
    for move in moves:
        clock.at += move
        stamps.append(hlc.tick())
    assert stamps == sorted(set(stamps))


def test_a_stamp_holds_the_wall_time() -> None:
    clock = HeldClock()
    assert wall_time(HybridClock(clock).tick()) == clock.at


@given(ahead=st.integers(0, 10_000_000_000))
def test_another_node_s_future_never_drags_us_more_than_a_minute(ahead: int) -> None:
    clock = HeldClock()
    hlc = HybridClock(clock)
    hlc.hear((clock.at + ahead) << 16)
    assert wall_time(hlc.tick()) <= clock.at + MAX_AHEAD_MS
    assert wall_time(hlc.tick()) >= clock.at + min(ahead, MAX_AHEAD_MS)


def test_the_hub_s_offset_sets_a_wrong_clock_right() -> None:
    clock = HeldClock()
    hlc = HybridClock(clock)
    clock.offset_ms = 3_600_000
    assert wall_time(hlc.tick()) == clock.at + 3_600_000
