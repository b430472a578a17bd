"""What belongs to one person: drafts, what they have read, the searches they keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal.operation import encode
from beffroi.logbook.index import READ_UP_TO
from beffroi.store import Connection, Store
from beffroi.text import _, printable

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something begun and not published; `payload` is whatever the editor put in it."""

    uid: str
    changed_at: int
    payload: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A search worth keeping, as it was typed: « depuis:2h » stays relative."""

    uid: str
    name: str
    query: str


class Personal:
    """The drafts, read marks and saved views of `account`."""

    def __init__(self, store: Store, account: str, clock: Clock) -> None:
        self._store = store
        self.account = account
        self._clock = clock

    # Drafts

    def save_draft(self, uid: str, payload: Any) -> None:
        """Keep what was typed so far; it survives a crash."""
        with self._store.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft (uid, account, changed_at, payload) VALUES (?,?,?,?)",
                (uid, self.account, self._clock.now(), encode(payload).decode()),
            )

    def drafts(self) -> list[Draft]:
        """The drafts, last changed first."""
        rows = self._rows(
            "SELECT uid, changed_at, payload FROM draft WHERE account = ? ORDER BY changed_at DESC"
        )
        return [
            Draft(uid=uid, changed_at=at, payload=msgspec.json.decode(payload))
            for uid, at, payload in rows
        ]

    def drop_draft(self, uid: str) -> None:
        """Forget a draft, published or abandoned."""
        with self._store.write() as connection:
            connection.execute(
                "DELETE FROM draft WHERE uid = ? AND account = ?", (uid, self.account)
            )

    # Read marks

    def mark_read(self, rids: Iterable[int]) -> None:
        """These entries have been seen."""
        wanted = [int(rid) for rid in rids]
        with self._store.write() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO read_mark (account, rid) VALUES (?,?)",
                [(self.account, rid) for rid in wanted],
            )
            connection.executemany(
                "DELETE FROM read_mark WHERE account = ? AND rid = ?",
                [(self.account, -rid) for rid in wanted],
            )

    def mark_unread(self, rids: Iterable[int]) -> None:
        """These entries are to be seen again."""
        wanted = [int(rid) for rid in rids]
        with self._store.write() as connection:
            limit = self.read_up_to(connection)
            connection.executemany(
                "DELETE FROM read_mark WHERE account = ? AND rid = ?",
                [(self.account, rid) for rid in wanted],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO read_mark (account, rid) VALUES (?,?)",
                [(self.account, -rid) for rid in wanted if rid <= limit],
            )

    def mark_all_read(self) -> None:
        """Everything present now has been seen: one line, whatever the number of entries."""
        with self._store.write() as connection:
            last = connection.execute("SELECT max(rid) FROM entry").fetchone()[0] or 0
            connection.execute("DELETE FROM read_mark WHERE account = ?", (self.account,))
            connection.execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?,?)",
                (READ_UP_TO + self.account, str(last)),
            )

    def read_up_to(self, connection: Connection) -> int:
        """The row id up to which everything was read, exceptions aside."""
        row = connection.execute(
            "SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?",
            (READ_UP_TO + self.account,),
        ).fetchone()
        return int(row[0]) if row else 0

    def unread(self, rids: Iterable[int]) -> set[int]:
        """Those of `rids` that have not been seen."""
        wanted = [int(rid) for rid in rids]
        marks: set[int] = set()
        with self._store.read() as connection:
            limit = self.read_up_to(connection)
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                both = [*batch, *(-rid for rid in batch)]
                rows = connection.execute(
                    "SELECT rid FROM read_mark WHERE account = ? "
                    f"AND rid IN ({','.join('?' * len(both))})",
                    (self.account, *both),
                )
                marks.update(row[0] for row in rows)
        return {r for r in wanted if -r in marks or (r > limit and r not in marks)}

    def unread_count(self) -> int:
        """How many entries have not been seen."""
        with self._store.read() as connection:
            limit = self.read_up_to(connection)
            after = connection.execute(
                "SELECT count(*) FROM entry WHERE rid > ?", (limit,)
            ).fetchone()[0]
            seen, exceptions = connection.execute(
                "SELECT count(*) FILTER (WHERE rid > ?), count(*) FILTER (WHERE rid < 0) "
                "FROM read_mark WHERE account = ?",
                (limit, self.account),
            ).fetchone()
        return int(after - seen + exceptions)

    # Saved views

    def views(self) -> list[SavedView]:
        """The saved searches, in the order they were first kept."""
        rows = self._rows(
            "SELECT uid, name, query FROM saved_view WHERE account = ? ORDER BY position, uid"
        )
        return [SavedView(uid=uid, name=name, query=query) for uid, name, query in rows]

    def save_view(self, name: str, query_text: str) -> SavedView:
        """Keep a search under `name`; the same name again replaces it.

        Raises:
            BeffroiError: it has no name.
        """
        name, query_text = printable(name).strip(), printable(query_text)
        if not name:
            raise BeffroiError(_("Une vue a besoin d’un nom : donnez-lui celui qui vous parle."))
        known = next((view for view in self.views() if view.name == name), None)
        uid = known.uid if known else uuid7(self._clock.now())
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO saved_view (uid, account, name, query, position) "
                "SELECT ?,?,?,?, coalesce(max(position), 0) + 1 FROM saved_view WHERE account = ? "
                "ON CONFLICT (uid) DO UPDATE SET query = excluded.query",
                (uid, self.account, name, query_text, self.account),
            )
        return SavedView(uid=uid, name=name, query=query_text)

    def move_view(self, uid: str, position: int) -> None:
        """Put a saved search at `position`, 0 being the first."""
        order = [view.uid for view in self.views() if view.uid != uid]
        order.insert(max(0, position), uid)
        with self._store.write() as connection:
            connection.executemany(
                "UPDATE saved_view SET position = ? WHERE uid = ? AND account = ?",
                [(place, one, self.account) for place, one in enumerate(order)],
            )

    def drop_view(self, uid: str) -> None:
        """Forget a saved search."""
        with self._store.write() as connection:
            connection.execute(
                "DELETE FROM saved_view WHERE uid = ? AND account = ?", (uid, self.account)
            )

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._store.read() as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql, (self.account,)).fetchall()
        return rows
