"""Writes operations: the line, its effect on the tables and its place in the outbox, or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from beffroi.changes import Change, ChangeFeed
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import head, lines, outbox, purging, rights
from beffroi.journal.handlers import Handler, Handlers, Remover, Subject
from beffroi.journal.hlc import HybridClock
from beffroi.journal.intake import CHAIN, Intake
from beffroi.journal.operation import Act, Identity, Operation, encode
from beffroi.journal.reading import Reading
from beffroi.journal.received import Outcome, Received
from beffroi.journal.signing import Signer, signed_text
from beffroi.store import Connection, Store
from beffroi.text import _

MAX_PAYLOAD_BYTES = 1_000_000


class Journal(Reading):
    """The one door through which anything a person does is kept, and what others did comes in.

    Capabilities register a handler per kind of operation; the handler changes the tables inside
    the same transaction and returns the changes to announce once everything is on the disk.  With
    a `signer`, operations are signed for the hub as acts of this `mode` (exercise, real...).
    """

    def __init__(
        self,
        store: Store,
        feed: ChangeFeed,
        clock: Clock,
        workspace: str,
        *,
        signer: Signer | None = None,
        mode: str = "real",
    ) -> None:
        super().__init__(store)
        self._feed = feed
        self._clock = clock
        self._workspace = workspace
        self._signer = signer
        self._mode = mode
        self._handlers = Handlers(store)
        with store.read() as connection:
            self.hlc = HybridClock(clock, lines.end(connection).hlc)

    def handle(self, kind: str, handler: Handler, *, subject: Subject | None = None) -> None:
        """Say which function carries out operations of `kind`; one kind, one function.

        It is called again, with the same operation, when the hub says more of it (its number, its
        time).  `subject` says which thing an operation is about when that is not its entity.
        """
        self._handlers.add(kind, handler, subject)

    def on_removal(self, remover: Remover) -> None:
        """Say which function takes a thing out of the tables when this node must forget it."""
        self._handlers.add_remover(remover)

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
        seq, last_hlc, last = lines.end(connection)
        self.hlc.last = max(self.hlc.last, last_hlc)
        for act in acts:
            seq += 1
            operation = self._stamp(seq, act, act.by or who)
            last = lines.append(connection, operation, last)
            connection.execute("INSERT INTO outbox (seq) VALUES (?)", (seq,))
            changes += self._handlers.apply(connection, operation)
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
                _(
                    "Ce contenu dépasse 1\u00a0Mo\u00a0: joignez-le en pièce jointe et résumez-le ici."
                )
            )
        now = self._clock.now()
        operation = Operation(
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
            audience=act.audience,
            device=self._signer.device if self._signer else "",
            offset=self._clock.offset_ms,
        )
        if self._signer is None:
            return operation
        signature = self._signer.sign(signed_text(operation, self._mode))
        return msgspec.structs.replace(operation, signature=signature)

    def receive(
        self,
        records: Sequence[Received],
        *,
        cursors: Mapping[str, int] | None = None,
        origin: str = "remote",
    ) -> list[Change]:
        """Take in a page of the hub's records and move `cursors` (bucket → position), or neither.

        Each operation counts once, however often it comes; one's own that comes back leaves the
        outbox.  The changes are announced as coming from `origin`.
        """

        def take(intake: Intake, connection: Connection) -> list[Change]:
            changes = intake.take(records, self._workspace)
            for bucket, seq in (cursors or {}).items():
                connection.execute(
                    "INSERT OR REPLACE INTO cursor (bucket, seq) VALUES (?,?)", (bucket, seq)
                )
            return changes

        return self._taking_in(take, origin)

    def acknowledge(self, outcomes: Sequence[Outcome], *, origin: str = "remote") -> list[Change]:
        """Take note of what became of pushed operations: kept by the hub, or in quarantine."""

        def take(intake: Intake, connection: Connection) -> list[Change]:
            changes: list[Change] = []
            for outcome in outcomes:
                seq = outbox.seq_waiting(connection, outcome.op_id)
                if seq is None:
                    continue
                if outcome.status == "refused":
                    outbox.refuse(connection, seq, outcome.why)
                else:
                    changes += intake.acknowledged(seq, outcome)
            return changes

        return self._taking_in(take, origin)

    def purge(self, bucket: str) -> list[Change]:
        """Forget everything that lies in `bucket`: the right to it ended.

        What the hub does not have yet stays in the outbox.
        """

        def take(intake: Intake, connection: Connection) -> list[Change]:
            connection.execute("DELETE FROM cursor WHERE bucket = ?", (bucket,))
            things = purging.things_in(connection, bucket)
            return [change for uid in things for change in intake.remove(uid, bucket)]

        return self._taking_in(take, "remote")

    def _taking_in(
        self, take: Callable[[Intake, Connection], list[Change]], origin: str
    ) -> list[Change]:
        def work(connection: Connection) -> list[Change]:
            intake = Intake(connection, self._handlers, self.hlc, self._clock.now())
            changes = [replace(change, origin=origin) for change in take(intake, connection)]
            intake.close()
            self._store.after_commit(lambda: self.announce(changes))
            return changes

        return self._store.run(work)

    def retry(self, op_ids: Sequence[str]) -> None:
        """Send refused operations again: what stood in their way may be gone."""
        with self._store.write() as connection:
            outbox.retry(connection, op_ids)

    def place(self, uids: Iterable[str], bucket: str) -> None:
        """Say that these things, which came as they stand, lie in `bucket`."""
        with self._store.write() as connection:
            purging.place(connection, uids, bucket)

    def apply(self, connection: Connection, operation: Operation) -> list[Change]:
        """Carry out one operation on the tables alone."""
        return self._handlers.apply(connection, operation)
