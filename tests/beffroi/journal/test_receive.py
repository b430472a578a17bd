"""What comes from the hub is kept once, in its place, and chained like what was made here."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.changes import Change
from beffroi.journal import Operation
from beffroi.journal.hlc import MAX_AHEAD_MS, wall_time
from beffroi.store import Connection
from tests.beffroi.journal.conftest import Notebook, NoteChanged, Open, record, removal
from tests.conftest import START, HeldClock


def test_a_received_operation_is_carried_out_chained_and_announced(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "un"), record(2, "deux", number=7)], cursors={"jop/DR": 2})
    assert notebook.words() == ["deux/7", "un/None"]
    assert notebook.journal.verify() is None
    assert notebook.journal.cursors() == {"jop/DR": 2}
    assert notebook.heard == [NoteChanged(note="a", origin="remote")] * 2
    assert notebook.journal.waiting() == 0
    (first, _second) = notebook.journal.history("a")
    assert (first.author, first.device, first.signature) == ("m.leroy", "d-2", "c2ln")
    assert (first.hub_seq, first.at, first.bucket) == (1, START + 1, "jop/DR")


def test_the_same_page_twice_changes_nothing(notebook: Notebook) -> None:
    page = [record(1, "un"), record(2, "deux"), record(2, "deux")]
    notebook.journal.receive(page, cursors={"jop/DR": 2})
    notebook.heard.clear()
    assert notebook.journal.receive(page, cursors={"jop/DR": 2}) == []
    assert len(notebook.journal.history("a")) == 2
    assert notebook.heard == []
    assert notebook.journal.verify() is None


def test_one_s_own_operation_that_comes_back_leaves_the_outbox_with_its_number(
    notebook: Notebook,
) -> None:
    notebook.write("mien")
    (mine,) = notebook.journal.outbox()
    notebook.journal.receive([record(5, "mien", op_id=mine.op_id, number=12)])
    assert notebook.words() == ["mien/12"]
    assert notebook.journal.waiting() == 0
    (kept,) = notebook.journal.history("a")
    assert (kept.hub_seq, kept.number, kept.bucket, kept.author) == (5, 12, "jop/DR", mine.author)
    assert notebook.journal.verify() is None


def test_a_kind_that_only_a_later_beffroi_knows_is_kept(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "x", kind="note.sing"), record(2, "y")])
    assert [o.kind for o in notebook.journal.history("a")] == ["note.sing", "note.say"]
    assert notebook.words() == ["y/None"]


def test_one_operation_that_makes_no_sense_stops_no_other(notebook: Notebook) -> None:
    notebook.journal.receive(
        [record(1, "avant"), record(2, "nonsense"), record(3, "après")], cursors={"jop/DR": 3}
    )
    assert notebook.words() == ["après/None", "avant/None"]
    assert [o.hub_seq for o in notebook.journal.history("a")] == [1, 2, 3]
    assert notebook.journal.cursors() == {"jop/DR": 3}


def test_an_operation_of_another_workspace_never_enters(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "x", workspace="exercice"), record(2, "y")])
    assert [o.hub_seq for o in notebook.journal.history("a")] == [2]


FOREIGN = [
    {"kind": ""}, {"kind": "journal.purge"}, {"entity": ""}, {"op_id": "purged:1"},
    {"hlc": 1 << 70}, {"entity": "\ud800"},
]  # fmt: skip


@pytest.mark.parametrize("told", FOREIGN)
def test_what_no_node_can_have_sent_never_enters_and_stops_no_other(
    notebook: Notebook, told: dict[str, object]
) -> None:
    notebook.journal.receive([record(1, "un"), record(2, "deux", **told), record(3, "trois")])
    assert notebook.words() == ["trois/None", "un/None"]
    assert notebook.journal.verify() is None
    notebook.journal.receive([removal(4)])
    assert notebook.journal.verify() is None


@pytest.mark.parametrize("word", ["deep", "integer", "constraint"])
def test_a_handler_that_the_words_break_stops_no_other(notebook: Notebook, word: str) -> None:
    def broken(connection: Connection, _operation: Operation) -> list[Change]:
        if word == "deep":
            msgspec.json.decode(b"[" * 100_000)
        value = 1 << 70 if word == "integer" else None
        connection.execute("INSERT INTO setting (key, value) VALUES ('x', ?)", (value,))
        return []

    notebook.journal.handle("note.break", broken)
    notebook.journal.receive([record(1, "un"), record(2, "deux", kind="note.break"), record(3)])
    assert notebook.words() == ["mot/None", "un/None"]


def test_a_page_that_fails_moves_no_cursor(notebook: Notebook) -> None:
    def broken(_connection: Connection, _operation: Operation) -> list[Change]:
        raise RuntimeError

    notebook.journal.handle("note.break", broken)
    page = [record(1, "un"), record(2, "deux", kind="note.break")]
    with pytest.raises(RuntimeError):
        notebook.journal.receive(page, cursors={"jop/DR": 2})
    assert notebook.journal.cursors() == {}
    assert notebook.journal.history("a") == []


def test_own_stamps_come_after_what_was_heard(notebook: Notebook, clock: HeldClock) -> None:
    ahead = (clock.now() + 30_000) << 16
    notebook.journal.receive([record(1, hlc=ahead)])
    notebook.write("mien")
    assert notebook.journal.outbox()[0].hlc > ahead


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ahead=st.integers(0, 10**10))
def test_a_stamp_of_the_future_drags_nobody_more_than_a_minute(
    notebook: Notebook, clock: HeldClock, ahead: int
) -> None:
    notebook.journal.receive([record(1, hlc=(clock.now() + ahead) << 16, op_id=f"op-{ahead}")])
    notebook.write("mien")
    stamp = notebook.journal.outbox(limit=1000)[-1].hlc
    assert wall_time(stamp) <= clock.now() + MAX_AHEAD_MS + 1


def test_what_was_heard_counts_after_a_restart(open_notebook: Open, clock: HeldClock) -> None:
    ahead = (clock.now() + 30_000) << 16
    open_notebook("n", device="d-1").journal.receive([record(1, hlc=ahead), record(2)])
    again = open_notebook("n", device="d-1")
    again.write("mien")
    assert again.journal.outbox()[0].hlc > ahead


def test_a_thing_that_left_its_bucket_goes_and_the_chain_stays_whole(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "secret"), record(2, "autre", entity="b")])
    notebook.journal.receive([removal(3)])
    assert notebook.words() == ["autre/None"]
    assert notebook.journal.history("a") == []
    assert notebook.journal.verify() is None
    assert [o.entity for o in notebook.journal.replay()] == ["b"]


def test_a_thing_that_lies_elsewhere_by_now_is_not_removed(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "un", bucket="jop/DR")])
    notebook.journal.receive([removal(2, bucket="jop/NP")])
    assert notebook.words() == ["un/None"]


def test_a_thing_that_moved_within_a_page_keeps_its_lines(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "un")])
    notebook.journal.receive([removal(2), record(1, "un", bucket="jop/DR_SF")])
    (line,) = notebook.journal.history("a")
    assert (line.seq, line.bucket) == (1, "jop/DR_SF")
    notebook.journal.receive([removal(3, bucket="jop/DR")])
    assert notebook.words() == ["un/None"]


def test_a_thing_that_comes_back_is_taken_in_anew(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "un")])
    notebook.journal.receive([removal(2)])
    notebook.journal.receive([record(1, "un")])
    assert notebook.words() == ["un/None"]
    notebook.journal.receive([removal(5), record(1, "un")])
    assert notebook.words() == ["un/None"]
    assert notebook.journal.verify() is None


def test_a_tie_is_forgotten_without_the_thing_that_it_starts_from(notebook: Notebook) -> None:
    notebook.journal.receive([record(1, "un"), record(2, "lien", kind="tie.say")])
    notebook.journal.receive([removal(3, entity="a to b")])
    assert [o.kind for o in notebook.journal.history("a")] == ["note.say"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_however_often_pages_come_each_operation_counts_once(
    open_notebook: Open, data: st.DataObject
) -> None:
    name = data.draw(st.uuids()).hex
    notebook = open_notebook(name, device="d-1")
    everything = [record(n, str(n), entity="ab"[n % 2]) for n in range(1, 9)]
    pages = data.draw(st.lists(st.lists(st.sampled_from(everything), max_size=9), max_size=5))
    for page in [*pages, everything]:
        notebook.journal.receive(page)
    assert sorted(o.hub_seq for o in notebook.journal.replay()) == list(range(1, 9))
    assert notebook.words() == [f"{n}/None" for n in range(1, 9)]
    assert notebook.journal.verify() is None
    notebook.store.close()
