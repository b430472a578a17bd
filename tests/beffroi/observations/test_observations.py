"""Observations hold the latest of each thing, and say what changed."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.observations import (
    NEVER,
    OBSERVATIONS_FILE,
    Observations,
    Order,
    Put,
    SourceState,
    Try,
    Where,
    bulk,
)
from beffroi.observations.encoding import bodies
from beffroi.plugin import Record, Scalar

KEY = bytes(range(32))
LINE = {"type": "LineString", "coordinates": [[2.0, 48.0], [3.0, 49.0]]}


class Unlucky(Exception):
    """What a reader raises in the middle of a delivery."""


def _point(name: str, lon: float = 2.35, lat: float = 48.85, **told: Scalar) -> Record:
    return Record(
        id=name, geometry={"type": "Point", "coordinates": [lon, lat]}, title=f"Site {name}",
        properties=told,
    )  # fmt: skip


def test_a_snapshot_says_what_is_new_changed_gone_and_unchanged(observations: Observations) -> None:
    first = observations.put("s", [_point("a"), _point("b"), _point("c")], snapshot=True, now=1)
    then = observations.put(
        "s", [_point("a"), _point("b", lon=3), _point("d")], snapshot=True, now=2
    )
    assert (first.new, first.changed, first.gone) == (3, 0, 0)
    assert (then.new, then.changed, then.gone, then.unchanged) == (1, 1, 1, 1)
    assert observations.counts() == {"s": 3}


def test_a_stream_adds_and_ends_only_what_it_says(observations: Observations) -> None:
    observations.put("s", [_point("a"), _point("b")], snapshot=False, now=1)
    then = observations.put("s", [_point("c")], snapshot=False, now=2, ended=["a", "unknown"])
    assert (then.new, then.gone) == (1, 1)
    assert {seen.id for seen in observations.features("s")} == {"b", "c"}


def test_a_late_message_never_replaces_a_newer_one(observations: Observations) -> None:
    observations.put("s", [Record(id="a", time=20, title="new")], snapshot=False, now=30)
    then = observations.put("s", [Record(id="a", time=10, title="old")], snapshot=False, now=31)
    kept = observations.named("s", "a")
    assert then.late == 1
    assert kept is not None
    assert kept.title == "new"


def test_a_trail_has_late_points_in_their_place_and_none_twice(observations: Observations) -> None:
    def fix(time: int, lon: float) -> Record:
        place = {"type": "Point", "coordinates": [lon, 48.0]}
        return Record(id="flamme", time=time, geometry=place)

    def put(*records: Record) -> Put:
        return observations.put_rows("s", bodies(records), snapshot=False, now=100, moving=True)

    first = put(fix(10, 2.0), fix(40, 5.0))
    late = put(fix(30, 4.0), fix(20, 3.0), fix(40, 5.0))
    assert late.moved
    assert observations.trail("s", "flamme") == [(10, 2.0, 48.0), (20, 3.0, 48.0), (30, 4.0, 48.0), (40, 5.0, 48.0)]  # fmt: skip
    assert observations.trail("s", "flamme", 25)[0][0] == 30
    assert observations.changed_after(first.seq).changed["s"] == [1]
    assert observations.columns("s").lon.tolist() == [5.0]
    observations.bound_trails("s", 24 * 3_600_000 + 25)
    assert [at for at, _lon, _lat in observations.trail("s", "flamme")] == [30, 40]


def test_of_two_with_one_identity_the_last_is_kept_and_it_is_said(
    observations: Observations,
) -> None:
    told = observations.put("s", [_point("a", n=1), _point("a", n=2)], snapshot=True, now=1)
    assert told.twice == 1
    assert [seen.properties for seen in observations.features("s")] == [{"n": 2}]


def test_things_without_identity_keep_theirs_from_one_delivery_to_the_next(
    observations: Observations,
) -> None:
    records = [_point("", n=1), _point("", n=1), _point("", n=2)]
    assert observations.put("s", records, snapshot=True, now=1).new == 3
    assert observations.put("s", reversed(records), snapshot=True, now=2).unchanged == 3


def test_a_delivery_that_breaks_leaves_what_was_known(observations: Observations) -> None:
    observations.put("s", [_point("a")], snapshot=True, now=1)

    def broken() -> Iterator[Record]:
        yield _point("b")
        raise Unlucky

    with pytest.raises(Unlucky):
        observations.put("s", broken(), snapshot=True, now=2)
    assert [seen.id for seen in observations.features("s")] == ["a"]


def test_what_changed_is_told_once_from_where_one_stood(observations: Observations) -> None:
    first = observations.put("s", [_point("a"), _point("b")], snapshot=True, now=1)
    observations.put("t", [_point("x")], snapshot=True, now=1)
    then = observations.changed_after(first.seq)
    assert list(then.changed) == ["t"]
    observations.put("s", [_point("b")], snapshot=True, now=2)
    last = observations.changed_after(then.seq)
    assert last.changed == {}
    assert [name for _rid, name in last.gone["s"]] == ["a"]
    assert observations.changed_after(last.seq).changed == {}


def test_points_come_as_columns_with_the_fields_asked_for(observations: Observations) -> None:
    observations.put(
        "s", [_point("a", état="ouvert"), _point("b", lon=3.0), Record(id="c", geometry=LINE)],
        snapshot=True, now=7,
    )  # fmt: skip
    columns = observations.columns("s", ["état"])
    assert columns.lon.tolist() == [2.35, 3.0]
    assert columns.values["état"] == ["ouvert", None]
    assert columns.time.tolist() == [NEVER, NEVER]
    assert columns.seen.tolist() == [7, 7]
    assert len(observations.columns("s", middles=True)) == 3
    assert shapely.from_wkb(observations.shapes("s").wkb[0]).length > 1
    assert len(observations.columns("unknown")) == 0


def test_geometry_comes_back_as_it_was(observations: Observations) -> None:
    high = {"type": "Point", "coordinates": [2.0, 48.0, 35.0]}
    told = [
        _point("a"),
        Record(id="b", geometry=LINE),
        Record(id="c"),
        Record(id="d", geometry=high),
    ]
    observations.put("s", told, snapshot=True, now=1)
    assert [seen.geometry for seen in observations.features("s")] == [
        told[0].geometry, LINE, None, high,
    ]  # fmt: skip


def test_a_box_crosses_the_antimeridian(observations: Observations) -> None:
    observations.put(
        "s", [_point("fiji", lon=179.5, lat=-17), _point("samoa", lon=-172, lat=-13), _point("paris")],
        snapshot=True, now=1,
    )  # fmt: skip
    found = observations.features("s", (170.0, -30.0, -160.0, 0.0))
    assert [seen.id for seen in found] == ["fiji", "samoa"]


def test_tables_are_filtered_and_sorted_by_any_field(observations: Observations) -> None:
    observations.put("s", [_point("a", n=3), _point("b", n=20), _point("c")], snapshot=True, now=1)
    by_n = observations.rows("s", order=Order("n", descending=True))
    assert [row.id for row in by_n] == ["b", "a", "c"]
    assert [row.id for row in observations.rows("s", where=[Where("n", ">", 5)])] == ["b"]
    assert [row.id for row in observations.rows("s", where=[Where("n", "empty")])] == ["c"]
    assert [row.id for row in observations.rows("s", text="site A")] == ["a"]
    assert observations.count("s", where=[Where("@title", "contains", "SITE")]) == 3
    assert observations.field_names("s") == ["n"]
    order = observations.order_of("s", order=Order("n"), rids=[row.rid for row in by_n[:2]])
    assert order.tolist() == [row.rid for row in by_n[:2]]


names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='\x00"\\'), min_size=1, max_size=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=names,
    value=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=9),
)
def test_whatever_its_name_a_field_can_be_asked_for(
    observations: Observations, name: str, value: str
) -> None:
    place = {"type": "Point", "coordinates": [0.0, 0.0]}
    record = Record(id="x", geometry=place, properties={name: value})
    observations.put("s", [record], snapshot=True, now=1)
    assert observations.columns("s", [name]).values[name] == [value]


def test_old_things_go_and_the_number_is_bounded(observations: Observations) -> None:
    observations.put("s", [_point(str(n)) for n in range(10)], snapshot=False, now=1_000)
    observations.put("s", [_point(str(n)) for n in range(4)], snapshot=False, now=9_000)
    assert observations.retain("s", max_age_ms=5_000, max_count=0, now=9_500) == 6
    assert observations.retain("s", max_age_ms=0, max_count=3, now=9_500) == 1
    assert observations.counts() == {"s": 3}
    assert observations.drop("s") == 3


def test_what_a_snapshot_still_tells_of_is_neither_old_nor_let_go(
    observations: Observations,
) -> None:
    observations.put("s", [_point("a")], snapshot=True, now=1_000)
    observations.put("s", [_point("a"), _point("b")], snapshot=True, now=8_000)
    observations.confirm("s", 9_000)
    assert observations.columns("s").seen.tolist() == [9_000, 9_000]
    assert observations.retain("s", max_age_ms=5_000, max_count=0, now=9_500) == 0
    assert observations.retain("s", max_age_ms=5_000, max_count=0, now=20_000) == 2
    observations.put("stream", [_point("a")], snapshot=False, now=1_000)
    observations.confirm("stream", 9_000)
    assert observations.features("stream")[0].seen == 1_000


def test_nothing_lies_in_clear_and_a_damaged_file_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / OBSERVATIONS_FILE
    first = Observations(path, KEY)
    first.put("s", [_point("a", secret="introuvable en clair")], snapshot=True, now=1)
    first.close()
    assert b"introuvable" not in path.read_bytes()
    path.write_bytes(b"x" * 8192)
    again = Observations(path, KEY)
    assert again.counts() == {}
    again.close()


def test_two_processes_may_have_it_open(observations: Observations, tmp_path: Path) -> None:
    other = Observations(tmp_path / OBSERVATIONS_FILE, KEY)
    other.put("s", [_point("a")], snapshot=True, now=1)
    assert observations.counts() == {"s": 1}
    other.close()


def test_columns_of_a_file_are_put_without_an_object_per_feature(
    observations: Observations,
) -> None:
    wkb = np.array(
        [shapely.to_wkb(shapely.Point(2, 48)), shapely.to_wkb(shapely.LineString([(1, 1), (2, 2)])), None],
        dtype=object,
    )  # fmt: skip
    rows = bulk.rows(wkb, {"nom": ["a", "b", None]}, titles=["A", "B", "C"])
    assert observations.put_rows("s", rows, snapshot=True, now=1).new == 3
    seen = observations.features("s")
    assert [(one.id, one.title, one.properties["nom"]) for one in seen] == [
        ("1", "A", "a"), ("2", "B", "b"), ("3", "C", None),
    ]  # fmt: skip
    assert seen[0].geometry == {"type": "Point", "coordinates": [2.0, 48.0]}


def test_what_a_message_of_a_stream_leaves_unsaid_stays(observations: Observations) -> None:
    observations.put("s", [_point("ship", knots=12)], snapshot=False, now=1)
    observations.put("s", [Record(id="ship", properties={"name": "Belem"})], snapshot=False, now=2)
    observations.put("s", [_point("ship", lon=-1.5, knots=3)], snapshot=False, now=3)
    ship = observations.named("s", "ship")
    assert ship is not None
    assert ship.properties == {"knots": 3, "name": "Belem"}
    assert ship.geometry == {"type": "Point", "coordinates": [-1.5, 48.85]}


def test_columns_of_a_few_follow_what_changed(observations: Observations) -> None:
    first = observations.put("s", [_point("a"), _point("b")], snapshot=True, now=1)
    observations.put("s", [_point("a"), _point("b", lon=5.0)], snapshot=True, now=2)
    rids = observations.changed_after(first.seq).changed["s"]
    assert observations.columns("s", rids=rids).lon.tolist() == [5.0]
    assert len(observations.shapes("s", rids=rids)) == 0


def test_what_is_no_more_is_forgotten_and_said_by_its_number_alone(
    observations: Observations,
) -> None:
    observations.put("kept", [_point("a")], snapshot=True, now=1)
    observations.put("left", [_point(f"Convoi-{n}") for n in range(20)], snapshot=True, now=1)  # fmt: skip
    observations.put_states({"left": SourceState(sentence="muette"), "ghost": SourceState()}, {"left": Try(at=1, ok=True)})  # fmt: skip
    seq = observations.changed_after(0).seq
    assert sorted(observations.forget_all_but({"kept"})) == ["ghost", "left"]
    assert observations.forget_all_but({"kept"}) == []
    changes = observations.changed_after(seq)
    assert [name for _rid, name in changes.gone["left"]] == [""] * 20
    assert (observations.counts().get("left", 0), observations.states()) == (0, {})
    assert observations.tries("left") == []
    assert [seen.id for seen in observations.features("kept")] == ["a"]
