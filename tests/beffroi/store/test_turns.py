"""Two processes write to one store: each gets its turn soon, and waits no longer than it must."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from beffroi.store import Store, StoreError, turns

KEY = bytes(32)
PAGE_S = 0.3
GAP_S = 0.012


def put(store: Store, key: str) -> None:
    with store.write() as connection:
        connection.execute("INSERT INTO setting VALUES (?, '1')", (key,))


def catch_up(path: Path, begun: threading.Event, enough: threading.Event) -> None:
    """Write page after page with hardly a gap between, as a sync process does."""
    store = Store(path, KEY)
    while not enough.is_set():
        with store.write():
            begun.set()
            time.sleep(PAGE_S)
        time.sleep(GAP_S)
    store.close()


def test_a_person_writes_between_two_pages_of_a_process_that_catches_up(tmp_path: Path) -> None:
    store, begun, enough = Store(tmp_path / "s.db", KEY), threading.Event(), threading.Event()
    waits: list[float] = []
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(catch_up, store.path, begun, enough)
        try:
            begun.wait(5)
            for n in range(5):
                time.sleep(PAGE_S / 4)
                began = time.monotonic()
                put(store, str(n))
                waits.append(time.monotonic() - began)
        finally:
            enough.set()
        busy.result()
    assert sorted(waits)[2] < 2 * PAGE_S
    store.close()


def test_who_never_gets_a_turn_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_S", 0.05)
    store, other = Store(tmp_path / "s.db", KEY), Store(tmp_path / "s.db", KEY)
    with other.write(), pytest.raises(StoreError, match="attendez"):
        put(store, "x")
    put(store, "x")
    other.close()
    store.close()


def test_the_file_is_written_anew_while_another_process_reads_and_writes(tmp_path: Path) -> None:
    store, other = Store(tmp_path / "s.db", KEY), Store(tmp_path / "s.db", KEY)
    put(other, "a")
    with ThreadPoolExecutor(1) as pool, other.write() as connection:
        connection.execute("INSERT INTO setting VALUES ('b', '1')")
        compacting = pool.submit(store.compact)
        time.sleep(0.05)
    compacting.result()
    with other.read() as connection:
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == (2,)
    put(other, "c")
    other.close()
    store.close()
