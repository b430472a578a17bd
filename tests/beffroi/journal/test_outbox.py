"""What waits for the hub goes up in order, and what it refuses stays here without blocking."""

from beffroi.sync.wire import Outcome
from tests.beffroi.journal.conftest import Notebook
from tests.conftest import START


def test_the_oldest_go_first_and_a_batch_has_its_limits(notebook: Notebook) -> None:
    for n in range(5):
        notebook.write(str(n) * 100)
    waiting = notebook.journal.outbox()
    assert [o.seq for o in waiting] == [1, 2, 3, 4, 5]
    assert [o.seq for o in notebook.journal.outbox(limit=2)] == [1, 2]
    assert [o.seq for o in notebook.journal.outbox(max_bytes=250)] == [1, 2]
    assert [o.seq for o in notebook.journal.outbox(max_bytes=1)] == [1]


def test_what_the_hub_kept_leaves_the_outbox_with_its_number(notebook: Notebook) -> None:
    notebook.write("un", marking="DR_SF", audience="CNCS+MEDICAL")
    (op,) = notebook.journal.outbox()
    outcome = Outcome(op_id=op.op_id, status="kept", seq=41, number=143, at=START + 9)
    notebook.journal.acknowledge([outcome])
    assert notebook.journal.waiting() == 0
    assert notebook.words() == ["un/143"]
    (line,) = notebook.journal.history("a")
    assert (line.hub_seq, line.number, line.at) == (41, 143, START + 9)
    assert line.bucket == "jop/DR_SF/CNCS+MEDICAL"
    assert notebook.journal.buckets() == {"jop/DR_SF/CNCS+MEDICAL"}
    assert notebook.journal.verify() is None


def test_an_answer_that_comes_twice_or_for_nothing_is_harmless(notebook: Notebook) -> None:
    notebook.write("un")
    (op,) = notebook.journal.outbox()
    kept = Outcome(op_id=op.op_id, status="kept", seq=1, at=START)
    notebook.journal.acknowledge([kept])
    late = Outcome(op_id=op.op_id, status="refused", why="clock")
    stray = Outcome(op_id="unheard of", status="kept", seq=2)
    assert notebook.journal.acknowledge([kept, late, stray]) == []
    assert notebook.journal.refused() == []


def test_a_refused_operation_stays_and_the_others_go_on(notebook: Notebook) -> None:
    for word in ("un", "deux", "trois"):
        notebook.write(word)
    ops = notebook.journal.outbox()
    notebook.journal.acknowledge([Outcome(op_id=ops[1].op_id, status="refused", why="rights")])
    assert [o.seq for o in notebook.journal.outbox()] == [1, 3]
    assert notebook.journal.waiting() == 2
    (refused,) = notebook.journal.refused()
    assert (refused.operation.op_id, refused.why, refused.tries) == (ops[1].op_id, "rights", 0)
    assert notebook.words() == ["deux/None", "trois/None", "un/None"]


def test_a_refused_operation_can_be_sent_again(notebook: Notebook) -> None:
    notebook.write("un")
    (op,) = notebook.journal.outbox()
    refusal = Outcome(op_id=op.op_id, status="refused", why="rights")
    notebook.journal.acknowledge([refusal])
    notebook.journal.retry([op.op_id])
    assert [o.op_id for o in notebook.journal.outbox()] == [op.op_id]
    notebook.journal.acknowledge([refusal])
    assert notebook.journal.refused()[0].tries == 1
    notebook.journal.retry([op.op_id])
    notebook.journal.acknowledge([Outcome(op_id=op.op_id, status="known", seq=3, at=START)])
    assert (notebook.journal.refused(), notebook.journal.waiting()) == ([], 0)
