"""Writes operations: the line, its effect on the tables and its place in the outbox, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from beffroi.changes import Change, ChangeFeed
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import chain, head, rights
from beffroi.journal.hlc import HybridClock
from beffroi.journal.operation import Act, Identity, Operation, encode
from beffroi.store import Connection, Store
from beffroi.text import _

Handler = Callable[[Connection, Operation], list[Change]]
MAX_PAYLOAD_BYTES = 1_000_000
CHAIN = "journal"
_COLUMNS = "seq, op_id, kind, entity, workspace, hlc, made_at, author, post, station, marking"


class Journal:
    """The one door through which anything a person does is kept.

    Capabilities register a handler per kind of operation; the handler changes the tables inside
    the same transaction and returns the changes to announce once everything is on the disk.
    """

    def __init__(self, store: Store, feed: ChangeFeed, clock: Clock, workspace: str) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock
        self._workspace = workspace
        self._handlers: dict[str, Handler] = {}
        with store.read() as connection:
            _seq, last_hlc, _hash = _last_line(connection)
        self.hlc = HybridClock(clock, last_hlc)

    def handle(self, kind: str, handler: Handler) -> None:
        """Say which function carries out operations of `kind`; one kind, one function."""
        if kind in self._handlers:
            message = f"{kind} already has a handler"
            raise ValueError(message)
        self._handlers[kind] = handler

    def commit(
        self,
        acts: Sequence[Act] | Callable[[Connection], Sequence[Act]],
        who: Identity,
        *,
        announce: bool = True,
    ) -> list[Change]:
        """Keep `acts` together, then announce what they changed.

        A function given instead of acts is called inside the transaction, to decide on what is
        true at that moment (the next number, the current version).  Inside an outer
        `store.write()` the announcement waits for the outer commit.

        Raises:
            BeffroiError: an act was refused; nothing was kept.
        """

        def work(connection: Connection) -> list[Change]:
            changes = self._keep(connection, acts(connection) if callable(acts) else acts, who)
            if announce:
                self._store.after_commit(lambda: self.announce(changes))
            return changes

        return self._store.run(work)

    def _keep(self, connection: Connection, acts: Sequence[Act], who: Identity) -> list[Change]:
        changes: list[Change] = []
        seq, last_hlc, last = _last_line(connection)
        self.hlc.last = max(self.hlc.last, last_hlc)
        for act in acts:
            seq += 1
            operation = self._stamp(seq, act, act.by or who)
            last = self._write(connection, operation, last)
            changes += self._handlers[act.kind](connection, operation)
        head.remember(connection, CHAIN, seq, last)
        return changes

    def announce(self, changes: Sequence[Change]) -> None:
        """Tell those who listen what changed."""
        for change in changes:
            self._feed.publish(change)

    def _stamp(self, seq: int, act: Act, who: Identity) -> Operation:
        rights.writing(who)
        payload = encode(act.payload)
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise BeffroiError(
                _("Ce contenu dépasse 1 Mo : joignez-le en pièce jointe et résumez-le ici.")
            )
        now = self._clock.now()
        return Operation(
            seq=seq,
            op_id=uuid7(now),
            kind=act.kind,
            entity=act.entity,
            workspace=self._workspace,
            hlc=self.hlc.tick(),
            made_at=now,
            author=who.account,
            post=who.post,
            station=who.station,
            marking=act.marking,
            payload=payload,
        )

    def _write(self, connection: Connection, operation: Operation, previous: bytes) -> bytes:
        fields = _fields(operation)
        digest = chain.link(previous, (*fields, sha256(operation.payload).hexdigest()))
        connection.execute(
            f"INSERT INTO operation ({_COLUMNS}, payload, prev_hash, hash) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (*fields, operation.payload.decode(), previous, digest),
        )
        connection.execute("INSERT INTO outbox (seq) VALUES (?)", (operation.seq,))
        return digest

    def history(self, entity: str) -> list[Operation]:
        """All operations about one thing, oldest first."""
        with self._store.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, payload FROM operation WHERE entity = ? ORDER BY seq",
                (entity,),
            ).fetchall()
        return [_operation(row) for row in rows]

    def replay(self) -> Iterator[Operation]:
        """Every operation from the first one, for rebuilding the tables or another node."""
        with self._store.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS}, payload FROM operation ORDER BY seq")
            for row in rows:
                yield _operation(row)

    def histories(self, kinds: Sequence[str]) -> Iterator[list[Operation]]:
        """The operations of these kinds, thing by thing, the oldest first in each."""
        marks = ",".join("?" * len(kinds))
        with self._store.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, payload FROM operation WHERE kind IN ({marks}) "
                "ORDER BY entity, seq",
                tuple(kinds),
            )
            for _entity, group in groupby(map(_operation, rows), key=lambda o: o.entity):
                yield list(group)

    def apply(self, connection: Connection, operation: Operation) -> list[Change]:
        """Carry out one operation on the tables alone."""
        return self._handlers[operation.kind](connection, operation)

    def verify(self) -> chain.ChainBreak | None:
        """The first broken link of the journal, None when it is whole."""
        with self._store.read() as connection:
            connection.execute("BEGIN")
            try:
                return self._first_break(connection)
            finally:
                connection.execute("ROLLBACK")

    def _first_break(self, connection: Connection) -> chain.ChainBreak | None:
        rows = connection.execute(
            f"SELECT {_COLUMNS}, payload, prev_hash, hash FROM operation ORDER BY seq"
        )
        broken = chain.first_break(
            chain.Line(r[0], (*r[:11], sha256(str(r[11]).encode()).hexdigest()), r[12], r[13])
            for r in rows
        )
        if broken is not None:
            return broken
        seq, _hlc, last = _last_line(connection)
        return head.cut(connection, CHAIN, seq, last)

    def waiting(self) -> int:
        """How many operations the outbox holds for an upstream node."""
        with self._store.read() as connection:
            return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])


def _last_line(connection: Connection) -> tuple[int, int, bytes]:
    row = connection.execute(
        "SELECT seq, hlc, hash FROM operation ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return row or (0, 0, chain.GENESIS)


def _fields(o: Operation) -> tuple[str | int, ...]:
    return (
        o.seq, o.op_id, o.kind, o.entity, o.workspace, o.hlc, o.made_at,
        o.author, o.post, o.station, o.marking,
    )  # fmt: skip


def _operation(row: tuple[object, ...]) -> Operation:
    *fields, payload = row
    names = [name.strip() for name in _COLUMNS.split(",")]
    values = dict(zip(names, fields, strict=True))
    return Operation(**values, payload=str(payload).encode())  # type: ignore[arg-type]
