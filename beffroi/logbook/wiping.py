"""Wipes out of the file what was forgotten: deleting alone leaves words in the index and free pages.

Source: SQLite FTS5 §6.10, the "merge" command: merging all segments into one drops hidden rows.
"""

from beffroi.store import Connection, Store

_PAGES = 400
"""How much is merged in one transaction: other writers have their turn between two."""
_MERGE = "INSERT INTO entry_fts (entry_fts, rank) VALUES ('merge', ?)"


def wipe(store: Store) -> None:
    """Leave nothing of what was forgotten, for whoever has the key to the file; takes seconds.

    Raises:
        StoreError: no room to write the file anew, or another process holds it; try later.
    """
    step = -_PAGES
    while _merged(store, step):
        step = _PAGES
    store.compact()


def _merged(store: Store, pages: int) -> bool:
    """Merge one step of the full-text index; whether there may be more to do."""
    with store.write() as connection:
        before = _written(connection)
        connection.execute(_MERGE, (pages,))
        return _written(connection) - before >= 2


def _written(connection: Connection) -> int:
    return int(connection.execute("SELECT total_changes()").fetchone()[0])
