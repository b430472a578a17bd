"""One lane to write, snapshots to read, and nobody waits for himself."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from beffroi.store import Store, StoreError

KEY = bytes(32)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "s.db", KEY)


def put(store: Store, key: str) -> None:
    with store.write() as connection:
        connection.execute("INSERT INTO setting VALUES (?, '1')", (key,))


def count(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute("SELECT count(*) FROM setting").fetchone()[0])


def fail(store: Store, told: list[str]) -> None:
    """Write, ask to be told, then give up."""
    with store.write() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', '1')")
        store.after_commit(lambda: told.append("never"))
        raise ValueError("no")


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ValueError, match="no"):
        fail(store, [])
    assert count(store) == 0
    put(store, "b")
    assert count(store) == 1
    store.close()


def test_readers_see_what_is_committed_and_do_not_wait_for_writers(store: Store) -> None:
    with store.write() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', '1')")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(count, store).result(timeout=5) == 0
    assert count(store) == 1
    store.close()


def test_reading_never_writes(store: Store) -> None:
    with pytest.raises(StoreError, match="lecture seule"), store.read() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', '1')")
    store.close()


def test_a_thread_that_reads_while_it_reads_gets_through(store: Store) -> None:
    def nested(depth: int) -> int:
        with store.read():
            return nested(depth - 1) if depth else count(store)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(nested, [9] * 8)) == [0] * 8
    store.close()


def test_what_waits_for_a_commit_is_told_after_it_and_never_without(store: Store) -> None:
    told: list[str] = []
    with store.write():
        store.after_commit(lambda: told.append("outer"))
        with pytest.raises(ValueError, match="no"):
            fail(store, told)
        assert told == []
    assert told == ["outer"]
    with pytest.raises(ValueError, match="no"):
        fail(store, told)
    assert told == ["outer"]
    store.after_commit(lambda: told.append("at once"))
    assert told == ["outer", "at once"]
    store.close()


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="fermé"), store.read():
        pass
    with pytest.raises(StoreError, match="fermé"):
        put(store, "a")


def test_closing_waits_for_those_who_read(store: Store) -> None:
    inside, leave = threading.Event(), threading.Event()

    def read() -> int:
        with store.read() as connection:
            inside.set()
            leave.wait(5)
            return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(read)
        inside.wait(5)
        closing = pool.submit(store.close)
        leave.set()
        assert reading.result(5) == 0
        closing.result(5)


def test_another_process_that_holds_the_file_is_named(tmp_path: Path, store: Store) -> None:
    second = Store(tmp_path / "s.db", KEY)
    second._writer.execute("PRAGMA busy_timeout = 50")
    with store.write() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', '1')")
        with pytest.raises(StoreError, match="Un autre programme"):
            put(second, "b")
    put(second, "b")
    assert count(store) == 2
    second.close()
    store.close()
