"""The map's columns follow the store, whatever happens to entries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.logbook.entry import Content, Entry
from beffroi.logbook.point_columns import KEY_EVENT, OPEN_FOLLOWUP, VOID, PointColumns, mercator
from beffroi.logbook.point_grid import gridded
from beffroi.logbook.points import Points
from beffroi.logbook.writing import Draft
from beffroi.node import Node

WORLD = (-20_037_508.3, -20_037_508.3, 20_037_508.3, 20_037_508.3)
HOUR = 3_600_000


def publish(node: Node, lon: float | None = None, **values: object) -> Entry:
    lat = None if lon is None else 48.9
    content = Content(text="Point", lon=lon, lat=lat, **values)  # type: ignore[arg-type]
    return node.logbook.publish(content, node.who)


@pytest.fixture
def points(node: Node) -> Points:
    made = Points(node.store, node.feed)
    made.load()
    return made


def reread(node: Node) -> PointColumns:
    fresh = Points(node.store)
    fresh.load()
    return fresh.columns()


def same(a: PointColumns, b: PointColumns) -> None:
    for left, right in zip(a.all(), b.all(), strict=True):
        np.testing.assert_allclose(left, right, rtol=0, atol=0.02)


def test_each_change_gives_what_reading_again_would(node: Node, points: Points) -> None:
    first = publish(node, 2.3, tags=("TRA.FERRE",), gravity=2, key_event=True)
    nowhere = publish(node)
    assert (points.total, points.unlocated) == (2, 1)
    node.logbook.qualify(nowhere.uid, {"lon": 2.4, "lat": 48.8, "gravity": 4}, node.who)
    node.logbook.void(first.uid, "erreur", node.who)
    late = node.logbook.publish(
        Content(text="Hier", lon=2.5, lat=48.7), node.who, entered_time=node.clock.now() - 24 * HOUR
    )
    node.logbook.open_followup(late.uid, "OL-SNCF", None, "Suivre", node.who)
    assert (points.total, points.unlocated) == (3, 0)
    columns = points.columns()
    same(columns, reread(node))
    assert columns.rid.tolist() == sorted(columns.rid.tolist(), reverse=True)
    assert dict(zip(columns.rid.tolist(), columns.flags.tolist(), strict=True)) == {
        first.rid: KEY_EVENT | VOID, nowhere.rid: 0, late.rid: OPEN_FOLLOWUP,
    }  # fmt: skip


def test_a_place_taken_back_leaves_the_map(node: Node, points: Points) -> None:
    entry = publish(node, 2.3)
    node.logbook.correct(entry.uid, Content(text="Lieu inconnu"), "erreur de lieu", node.who)
    assert (points.total, points.unlocated, len(points.columns())) == (1, 1, 0)


def test_what_happens_before_loading_ends_is_not_lost(node: Node) -> None:
    made = Points(node.store, node.feed)
    entry = publish(node, 2.3)
    made.load()
    assert made.columns().rid.tolist() == [entry.rid]
    assert made.total == 1


def test_an_import_is_read_again(node: Node, points: Points) -> None:
    drafts = [Draft(content=Content(text="x", lon=1.0, lat=45.0), who=node.who) for _i in range(7)]
    node.logbook.publish_many(drafts)
    assert points.total == 7


def test_columns_can_be_narrowed(node: Node, points: Points) -> None:
    now = node.clock.now()
    entries = [publish(node, 2 + i / 10, event_time=now - i * HOUR) for i in range(6)]
    wanted = np.array([entries[1].rid, entries[4].rid, 12], dtype=np.int64)
    assert set(points.columns(wanted).rid.tolist()) == {entries[1].rid, entries[4].rid}
    some = points.columns(since=now - 3 * HOUR, until=now)
    assert set(some.rid.tolist()) == {e.rid for e in entries[1:4]}
    x, _y = mercator(2.15, 48.9)
    box = (WORLD[0], WORLD[1], x, WORLD[3])
    assert points.in_box(box, 10).tolist() == [entries[1].rid, entries[0].rid]


def test_the_slider_counts_by_gravity(node: Node, points: Points) -> None:
    now = node.clock.now()
    for i in range(8):
        publish(node, 2.3, event_time=now - i * HOUR, gravity=i % 5)
    counts = points.hist(now - 4 * HOUR, now, 2)
    assert counts.shape == (2, 5)
    assert counts.sum() == 4
    assert counts[1].tolist() == [0, 1, 1, 0, 0]


COLUMNS = st.lists(
    st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.integers(0, 4), st.integers(0, 7)),
    max_size=60,
)


@settings(max_examples=100, deadline=None)
@given(rows=COLUMNS, cols=st.integers(1, 9), lines=st.integers(1, 9))
def test_a_grid_shows_in_each_cell_its_newest_and_its_worst(
    rows: list[tuple[float, float, int, int]], cols: int, lines: int
) -> None:
    n = len(rows)
    kept = PointColumns(
        np.array([r[0] for r in rows], float), np.array([r[1] for r in rows], float),
        np.arange(n, dtype=np.int64), np.arange(n, dtype=np.int64), np.zeros(n, np.uint8),
        np.array([r[2] for r in rows], np.uint8), np.array([r[3] for r in rows], np.uint8),
    )  # fmt: skip
    box = (-5e6, -5e6, 5e6, 5e6)
    cells: dict[tuple[int, int], list[int]] = {}
    for i, (x, y, _g, _f) in enumerate(rows):
        if box[0] <= x < box[2] and box[1] <= y < box[3]:
            cell = (
                min(lines - 1, int((y + 5e6) * (lines / 1e7))),
                min(cols - 1, int((x + 5e6) * (cols / 1e7))),
            )
            cells.setdefault(cell, []).append(i)
    grid = gridded(kept, None, box, cols, lines)
    expected = [
        (max(found), max(rows[i][2] for i in found), _either(rows[i][3] for i in found), len(found))
        for _cell, found in sorted(cells.items())
    ]
    assert (
        list(
            zip(
                grid.rid.tolist(),
                grid.gravity.tolist(),
                grid.flags.tolist(),
                grid.count.tolist(),
                strict=True,
            )
        )
        == expected
    )


def _either(flags: object) -> int:
    gathered = 0
    for flag in flags:  # type: ignore[attr-defined]
        gathered |= flag
    return gathered


def test_what_happens_while_reading_again_is_not_lost(
    node: Node, points: Points, monkeypatch: pytest.MonkeyPatch
) -> None:
    from beffroi.logbook import points as module

    publish(node, 2.3)
    real = module.read_all

    def slow(connection: object) -> object:
        found = real(connection)
        publish(node, 2.4)
        return found

    monkeypatch.setattr(module, "read_all", slow)
    points.load()
    monkeypatch.undo()
    assert points.total == 2
    same(points.columns(), reread(node))
    publish(node, 2.5)
    same(points.columns(), reread(node))
