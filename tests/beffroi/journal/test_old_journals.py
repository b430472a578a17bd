"""A journal that was written before there was a hub stays true, and goes on."""

from hashlib import sha256
from pathlib import Path

from beffroi.changes import ChangeFeed
from beffroi.journal import Journal, chain
from beffroi.store import Store, alembic_run, migrate, open_connection
from tests.beffroi.journal.conftest import KEY, Notebook
from tests.conftest import START, HeldClock


def written_by_the_first_beffroi(path: Path) -> None:
    """Two lines chained as they were at revision 0001."""
    connection = open_connection(path, KEY)
    alembic_run.upgrade(connection, "0001")
    last = chain.GENESIS
    for seq in (1, 2):
        fields = (
            seq, f"op-{seq}", "note.say", "a", "jop", START + seq, START, "c.marchand", "Chef",
            "poste-1", "DR",
        )  # fmt: skip
        digest = chain.link(last, (*fields, sha256(b'"mot"').hexdigest()))
        connection.execute(
            f"INSERT INTO operation VALUES ({','.join('?' * 14)})",
            (*fields, '"mot"', last, digest),
        )
        connection.execute("INSERT INTO outbox VALUES (?)", (seq,))
        last = digest
    connection.execute("INSERT INTO setting VALUES ('chain/journal', ?)", (f'"2:{last.hex()}"',))
    connection.close()


def test_an_old_chain_is_still_true_after_the_upgrade_and_goes_on(
    tmp_path: Path, clock: HeldClock
) -> None:
    written_by_the_first_beffroi(tmp_path / "s.db")
    store = Store(tmp_path / "s.db", KEY)
    with store.read() as connection:
        assert migrate.current(connection) == migrate.HEAD
    journal = Journal(store, ChangeFeed(), clock, "jop")
    assert journal.verify() is None
    notebook = Notebook(journal, store)
    notebook.write("nouveau")
    assert journal.verify() is None
    assert [o.op_id for o in journal.outbox()][:2] == ["op-1", "op-2"]
    assert journal.refused() == []
    store.close()


def test_an_old_line_that_was_altered_is_still_found(tmp_path: Path, clock: HeldClock) -> None:
    written_by_the_first_beffroi(tmp_path / "s.db")
    store = Store(tmp_path / "s.db", KEY)
    with store.write() as connection:
        connection.execute("UPDATE operation SET device = 'd-9' WHERE seq = 1")
    broken = Journal(store, ChangeFeed(), clock, "jop").verify()
    assert broken == chain.ChainBreak(1, "altered")
    store.close()
