"""A line of the journal that was altered, removed or moved shows."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.node import Node

COLUMNS = (
    "op_id", "kind", "entity", "workspace", "hlc", "made_at", "author", "post", "station",
    "marking", "payload", "prev_hash", "hash",
)  # fmt: skip
LINES = 8


@pytest.fixture
def written(node: Node, who: Identity) -> Node:
    for n in range(LINES):
        node.logbook.publish(Content(text=f"ligne {n}"), who)
    return node


def lines(node: Node) -> list[Any]:
    with node.store.read() as connection:
        return connection.execute("SELECT * FROM operation ORDER BY seq").fetchall()


def put_back(node: Node, rows: list[Any]) -> None:
    with node.store.write() as connection:
        connection.execute("DELETE FROM operation")
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO operation VALUES ({marks})", rows)


quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quickly
@given(seq=st.integers(1, LINES), column=st.sampled_from(COLUMNS))
def test_an_altered_line_is_found_where_it_is(written: Node, seq: int, column: str) -> None:
    intact = lines(written)
    change = "randomblob(32)" if column.endswith("hash") else f"{column} || '1'"
    with written.store.write() as connection:
        connection.execute(f"UPDATE operation SET {column} = {change} WHERE seq = ?", (seq,))
    broken = written.journal.verify()
    assert broken is not None
    assert broken.seq == seq
    put_back(written, intact)
    assert written.journal.verify() is None


@quickly
@given(gone=st.sets(st.integers(1, LINES), min_size=1))
def test_a_removed_line_is_found_even_the_last(written: Node, gone: set[int]) -> None:
    intact = lines(written)
    with written.store.write() as connection:
        for seq in gone:
            connection.execute("DELETE FROM operation WHERE seq = ?", (seq,))
    assert written.journal.verify() is not None
    put_back(written, intact)


@quickly
@given(order=st.permutations(range(1, LINES + 1)))
def test_reordered_lines_are_found(written: Node, order: list[int]) -> None:
    intact = lines(written)
    with written.store.write() as connection:
        connection.execute("UPDATE operation SET seq = -seq")
        for new, old in enumerate(order, 1):
            connection.execute("UPDATE operation SET seq = ? WHERE seq = ?", (new, -old))
    assert (written.journal.verify() is None) == (order == sorted(order))
    put_back(written, intact)


def test_a_line_added_behind_the_journal_s_back_is_found(written: Node) -> None:
    forged = list(lines(written)[-1])
    forged[0], forged[1] = LINES + 1, "forged"
    with written.store.write() as connection:
        connection.execute(f"INSERT INTO operation VALUES ({','.join('?' * len(forged))})", forged)
    assert written.journal.verify() is not None


def test_every_operation_waits_in_the_outbox_for_a_hub(written: Node) -> None:
    assert written.journal.waiting() == LINES


def test_stamps_never_go_backwards_when_the_clock_does(
    node: Node, who: Identity, clock: Any
) -> None:
    node.logbook.publish(Content(text="avant"), who)
    clock.forward(-3600)
    node.logbook.publish(Content(text="après"), who)
    stamps = [operation.hlc for operation in node.journal.replay()]
    assert stamps == sorted(set(stamps))
    assert [operation.made_at for operation in node.journal.replay()][1] == clock.now()


def test_a_journal_of_another_process_is_followed(profile_dir: Any, node: Node, clock: Any) -> None:
    from beffroi.node import open_node
    from tests.conftest import SECRET

    second = open_node(profile_dir, "m.leroy", SECRET, clock=clock)
    numbers = [
        opened.logbook.publish(Content(text="x"), opened.who).number
        for opened in (node, second, node, second, second, node)
    ]
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert node.journal.verify() is None
    second.close()
