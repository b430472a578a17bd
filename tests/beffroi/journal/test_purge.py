"""A right that ends takes its content away; the chain says that something was there, not what."""

import pytest

from beffroi.sync.wire import Outcome
from tests.beffroi.journal.conftest import Notebook, record
from tests.conftest import START


@pytest.fixture
def two_buckets(notebook: Notebook) -> Notebook:
    notebook.journal.receive(
        [
            record(1, "ouvert"),
            record(2, "caviardé", entity="b", bucket="jop/DR/MEDICAL"),
            record(3, "encore caviardé", entity="b", bucket="jop/DR/MEDICAL"),
            record(4, "ouvert aussi", entity="c"),
        ],
        cursors={"jop/DR": 4, "jop/DR/MEDICAL": 4},
    )
    return notebook


def test_a_purged_bucket_leaves_no_word_on_the_disk(two_buckets: Notebook) -> None:
    two_buckets.journal.purge("jop/DR/MEDICAL")
    assert two_buckets.words() == ["ouvert aussi/None", "ouvert/None"]
    assert two_buckets.journal.cursors() == {"jop/DR": 4}
    assert two_buckets.journal.buckets() == {"jop/DR"}
    with two_buckets.store.read() as connection:
        dump = str(connection.execute("SELECT * FROM operation").fetchall())
        assert connection.execute("SELECT count(*) FROM entity_bucket").fetchone() == (2,)
    assert "caviardé" not in dump
    assert "MEDICAL" not in dump
    assert "op-2" not in dump


def test_the_chain_stays_whole_and_goes_on(two_buckets: Notebook) -> None:
    two_buckets.journal.purge("jop/DR/MEDICAL")
    two_buckets.write("après")
    assert two_buckets.journal.verify() is None
    assert [o.entity for o in two_buckets.journal.replay()] == ["a", "c", "a"]


def test_what_the_hub_does_not_have_yet_survives_a_purge(two_buckets: Notebook) -> None:
    two_buckets.write("pas encore transmis", entity="b", audience="MEDICAL")
    two_buckets.journal.purge("jop/DR/MEDICAL")
    (waiting,) = two_buckets.journal.outbox()
    assert waiting.payload == b'"pas encore transmis"'
    kept = Outcome(op_id=waiting.op_id, status="kept", seq=9, at=START)
    two_buckets.journal.acknowledge([kept])
    assert "jop/DR/MEDICAL" in two_buckets.journal.buckets()
    two_buckets.journal.purge("jop/DR/MEDICAL")
    assert two_buckets.journal.history("b") == []
    assert two_buckets.journal.verify() is None


def test_a_right_that_returns_brings_everything_back(two_buckets: Notebook) -> None:
    two_buckets.journal.purge("jop/DR/MEDICAL")
    two_buckets.journal.receive([record(2, "caviardé", entity="b", bucket="jop/DR/MEDICAL")])
    assert "caviardé/None" in two_buckets.words()
    assert two_buckets.journal.verify() is None


@pytest.mark.parametrize("line", [1, 4])
def test_a_line_emptied_behind_the_journal_s_back_is_found(
    two_buckets: Notebook, line: int
) -> None:
    two_buckets.journal.purge("jop/DR/MEDICAL")
    with two_buckets.store.write() as connection:
        connection.execute(
            "UPDATE operation SET kind='', entity='', payload='' WHERE seq = ?", (line,)
        )
    broken = two_buckets.journal.verify()
    assert broken is not None
    assert (broken.seq, broken.why) == (line, "altered")


def test_a_purge_that_is_taken_away_is_found(two_buckets: Notebook) -> None:
    two_buckets.journal.purge("jop/DR/MEDICAL")
    with two_buckets.store.write() as connection:
        connection.execute("DELETE FROM operation WHERE kind = 'journal.purge'")
    assert two_buckets.journal.verify() is not None


def test_purging_what_is_not_there_writes_nothing(two_buckets: Notebook) -> None:
    assert two_buckets.journal.purge("jop/NP") == []
    with two_buckets.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM operation").fetchone() == (4,)
