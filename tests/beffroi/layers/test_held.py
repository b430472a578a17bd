"""What the map holds of a source is always what the source last told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.layers import packing
from beffroi.layers.held import Held, Recipe
from beffroi.layers.mercator import HALF_WORLD
from beffroi.layers.style import Class, Style
from beffroi.observations import Observations, Where
from beffroi.plugin import Record

WORLD = (-HALF_WORLD, -HALF_WORLD, HALF_WORLD, HALF_WORLD)
NOW = 1_721_930_400_000


@pytest.fixture
def observations(tmp_path: Path) -> Iterator[Observations]:
    kept = Observations(tmp_path / "observations.db", b"k" * 32)
    yield kept
    kept.close()


def point(name: str, lon: float = 2.0, lat: float = 48.0, **fields: Any) -> Record:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return Record(id=name, geometry=geometry, properties=fields, time=NOW)


def square(name: str, lon: float, side: float = 1.0, **fields: Any) -> Record:
    ring = [[lon, 40], [lon + side, 40], [lon + side, 41], [lon, 41], [lon, 40]]
    return Record(id=name, geometry={"type": "Polygon", "coordinates": [ring]}, properties=fields)


def unpacked(data: bytes) -> dict[str, Any]:
    """A reply about points, as the page reads it (resources/web/calques/columns.js)."""
    rows, kind, step, gone = (int(n) for n in np.frombuffer(data, "<u4", 4))
    at, told = 32, {"kind": kind, "step": step}
    wanted = [("x", "<f8", rows), ("y", "<f8", rows), ("rid", "<f8", rows), ("gone", "<f8", gone),
              ("time", "<u4", rows), ("due", "<u4", rows)]  # fmt: skip
    if kind == packing.CELLS:
        wanted.append(("count", "<u4", rows))
    for name, width, many in [*wanted, ("place", "<u2", rows)]:
        told[name] = np.frombuffer(data, width, many, at)
        at += told[name].nbytes
    assert at == len(data)
    return told


def mirror(page: dict[int, tuple[float, float]], told: dict[str, Any]) -> None:
    """What the page does with a reply."""
    if told["kind"] == packing.WHOLE:
        page.clear()
    for rid in told["gone"]:
        page.pop(int(rid), None)
    for rid, x, y in zip(told["rid"], told["x"], told["y"], strict=True):
        page[int(rid)] = (x, y)


acts = st.lists(
    st.tuples(st.sampled_from(["put", "snapshot", "end", "catch up", "look"]),
              st.lists(st.integers(0, 9), max_size=5), st.floats(-170, 170)),
    max_size=14,
)  # fmt: skip


@given(acts)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_that_follows_step_by_step_always_shows_what_was_last_told(
    observations: Observations, done: list[tuple[str, list[int], float]]
) -> None:
    observations.put("s", [], snapshot=True, now=NOW)
    held, page, step = Held(observations, Recipe(source="s")), dict[int, tuple[float, float]](), -1
    for act, names, lon in done:
        records = [point(str(name), lon + name / 100) for name in set(names)]
        if act == "look":
            told = unpacked(held.points(step, WORLD, 0))
            mirror(page, told)
            step = told["step"]
        elif act == "catch up":
            held.catch_up()
        elif act == "end":
            ended = [str(name) for name in names]
            observations.put("s", [], snapshot=False, now=NOW, ended=ended)
        else:
            observations.put("s", records, snapshot=act == "snapshot", now=NOW)
    held.catch_up()
    mirror(page, unpacked(held.points(step, WORLD, 0)))
    known = observations.columns("s")
    assert sorted(page) == known.rid.tolist()
    assert [page[rid][0] for rid in sorted(page)] == pytest.approx(known.lon / 180 * HALF_WORLD)


def test_who_is_too_far_behind_is_told_everything(observations: Observations) -> None:
    observations.put("s", [point("a"), point("b")], snapshot=True, now=NOW)
    held = Held(observations, Recipe(source="s"), born=100)
    first = unpacked(held.points(-1, WORLD, 0))
    assert (first["kind"], len(first["rid"])) == (packing.WHOLE, 2)
    observations.put("s", [point("b", 3.0)], snapshot=False, now=NOW + 1)
    held.catch_up()
    assert unpacked(held.points(first["step"], WORLD, 0))["kind"] == packing.STEP
    assert unpacked(held.points(first["step"] - 50, WORLD, 0))["kind"] == packing.WHOLE


def test_cells_count_what_they_hold(observations: Observations) -> None:
    observations.put("s", [point(str(n), 2 + n / 1e5) for n in range(50)], snapshot=True, now=NOW)
    held = Held(observations, Recipe(source="s"))
    cells = unpacked(held.points(-1, WORLD, 200_000))
    assert (cells["kind"], cells["count"].tolist()) == (packing.CELLS, [50])
    over = (
        HALF_WORLD - 1e6,
        -1e7,
        HALF_WORLD + 2.1e7,
        1e7,
    )  # this view reaches over the antimeridian
    beyond = unpacked(held.points(-1, over, 200_000))
    assert beyond["count"].tolist() == [50]
    assert beyond["x"][0] > HALF_WORLD


def test_what_leaves_the_filter_leaves_the_map(observations: Observations) -> None:
    observations.put("s", [point("a", n=1), point("b", n=5)], snapshot=True, now=NOW)
    held = Held(observations, Recipe(source="s", where=(Where("n", ">", 3),)))
    assert len(unpacked(held.points(-1, WORLD, 0))["rid"]) == 1
    observations.put("s", [point("b", n=2)], snapshot=False, now=NOW + 1)
    assert held.catch_up()
    assert len(held) == 0


def test_shapes_come_by_view_simplified_with_their_holes(observations: Observations) -> None:
    hole = [[2.2, 40.2], [2.4, 40.2], [2.4, 40.4], [2.2, 40.2]]
    ringed = square("h", 2.0)
    assert ringed.geometry
    ringed.geometry["coordinates"].append(hole)
    line = {"type": "LineString", "coordinates": [[2 + n / 1e4, 40.5] for n in range(500)]}
    collection = {"type": "GeometryCollection", "geometries": [line, square("x", 3).geometry]}
    told = [ringed, square("far", 60.0), Record(id="c", geometry=collection)]
    observations.put("s", told, snapshot=True, now=NOW)
    held = Held(observations, Recipe(source="s"))
    data = held.shapes((1e5, 4.7e6, 6e5, 5.2e6), 500.0)
    rows, rings, positions, more = (int(n) for n in np.frombuffer(data, "<u4", 4))
    assert (rows, rings, more) == (2, 4, 0)
    assert positions < 25
    assert held.form == "area"
    assert held.shapes((1e5, 4.7e6, 6e5, 5.2e6), 500.0) == data


def test_a_style_counts_what_falls_under_each_look(observations: Observations) -> None:
    told = [point("a", k="x"), point("b", k="y"), square("z", 3, k="x")]
    observations.put("s", told, snapshot=True, now=NOW)
    style = Style(mode="values", field="k", classes=(Class(value="x"),))
    held = Held(observations, Recipe(source="s", style=style))
    held.load()
    assert held.counts().tolist() == [1, 2]


def test_what_bears_no_time_is_fresh_again_when_its_source_says_the_same(
    observations: Observations,
) -> None:
    untimed = Record(id="a", geometry={"type": "Point", "coordinates": [2.0, 48.0]})
    observations.put("s", [untimed, point("b")], snapshot=True, now=NOW)
    held = Held(observations, Recipe(source="s", validity_s=60))
    first = unpacked(held.points(-1, WORLD, 0))
    assert first["due"].tolist() == [NOW // 1000 + 60] * 2
    observations.put("s", [untimed, point("b")], snapshot=True, now=NOW + 600_000)
    assert held.confirm()
    told = unpacked(held.points(first["step"], WORLD, 0))
    assert told["due"].tolist() == [NOW // 1000 + 660]
    assert not held.confirm()
