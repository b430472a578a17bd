from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.logbook.timeline import Timeline, empty

PARIS = ZoneInfo("Europe/Paris")
START = 1_721_900_000_000
HOUR = 3_600_000
moments = st.lists(st.integers(0, 30 * 24), max_size=40)


def line(hours: list[int]) -> Timeline:
    """Entries made in the order of the list, at these hours."""
    times = np.array([START + hour * HOUR for hour in hours], np.int64)
    rids = np.arange(1, len(hours) + 1, dtype=np.int64)
    order = np.lexsort((-rids, -times)) if len(hours) else np.array([], np.int64)
    return Timeline.of(rids[order], times[order], PARIS)


def same(one: Timeline, other: Timeline) -> bool:
    return (
        one.rids.tolist() == other.rids.tolist()
        and one.times.tolist() == other.times.tolist()
        and one.firsts.tolist() == other.firsts.tolist()
        and one.days == other.days
    )


@given(moments)
def test_every_row_is_a_heading_or_an_entry_and_none_is_lost(hours: list[int]) -> None:
    shown = line(hours)
    positions = [p for row in range(shown.rows) if (p := shown.position(row)) is not None]
    headings = [d for row in range(shown.rows) if (d := shown.day_at(row)) is not None]
    assert positions == list(range(len(hours)))
    assert tuple(headings) == shown.days
    assert [shown.position(shown.row(p)) for p in positions] == positions


@given(moments, st.lists(st.integers(-3, 33 * 24), min_size=1, max_size=5))
def test_entries_that_come_later_take_the_place_they_would_have_had(
    hours: list[int], late: list[int]
) -> None:
    rids = np.arange(len(hours) + 1, len(hours) + len(late) + 1, dtype=np.int64)
    times = np.array([START + hour * HOUR for hour in late], np.int64)
    assert same(line(hours).with_entries(rids, times), line([*hours, *late]))


@given(moments.filter(bool), st.data())
def test_an_entry_that_leaves_leaves_no_trace(hours: list[int], data: st.DataObject) -> None:
    shown = line(hours)
    position = data.draw(st.integers(0, len(hours) - 1))
    after = shown.without(position)
    kept = np.delete(shown.rids, position), np.delete(shown.times, position)
    assert same(after, Timeline.of(*kept, PARIS))


def test_days_begin_at_midnight_where_the_desk_is() -> None:
    late = 1_721_944_800_000  # 25 July 2024, 22:00 UTC: midnight in Paris
    shown = Timeline.of(np.array([2, 1]), np.array([late, late - 1]), PARIS)
    assert shown.days == (date(2024, 7, 26), date(2024, 7, 25))
    tahiti = Timeline.of(np.array([2, 1]), np.array([late, late - 1]), ZoneInfo("Pacific/Tahiti"))
    assert tahiti.days == (date(2024, 7, 25),)


def test_nothing_has_no_day() -> None:
    assert empty(PARIS).rows == 0
    assert empty(PARIS).block_of(0) == -1
