"""A joined profile as the sync process holds it: all that touches the store, in plain functions.

Every function is one transaction or one reading; they run on one thread (`Lane`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from beffroi.access import Accounts, Audit
from beffroi.access.buckets import Bucket, visible
from beffroi.attachments.attachments import Attachments
from beffroi.changes import ChangeFeed
from beffroi.clock import Clock
from beffroi.journal import Identity, Journal, Operation
from beffroi.journal.received import Received
from beffroi.logbook.logbook import Logbook
from beffroi.profile import (
    ATTACHMENTS_FOLDER,
    STORE_FILE,
    Contact,
    ProfileInfo,
    hub_link,
    put_hub_link,
    read_info,
    sealed_info,
)
from beffroi.profile.upstream import met
from beffroi.store import Connection, Settings, Store
from beffroi.sync import attached, wire
from beffroi.sync.announcing import told_of
from beffroi.sync.delivery import delivered, keep_seen
from beffroi.sync.people import account_of, keep_rights, rights_in
from beffroi.sync.restored import remember, restored_to, rewind
from beffroi.sync.status import Changed, Delivery
from beffroi.sync.wiping import mark

MAX_OPS = wire.MAX_PUSH_OPS
MAX_BYTES = 3_000_000
_PLACE = "sync/state/"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the loading of a bucket's state stands: `at` is the position that it shows."""

    at: int = -1
    after: str = ""

    def then(self, at: int, after: str) -> "Place":
        """After one more page; the position of the first one counts."""
        return Place(at=at if self.at < 0 else self.at, after=after)


class Cache:
    """The store of the profile in `folder`, opened with its raw `key`."""

    def __init__(self, folder: Path, key: bytes, clock: Clock | None = None) -> None:
        self.folder = folder
        self.clock = clock or Clock()
        self._rights: list[wire.Rights] = []
        self.store = Store(folder / STORE_FILE, key, must_exist=True)
        try:
            self.settings = Settings(self.store)
            self.info: ProfileInfo = sealed_info(self.settings, read_info(folder))
            self.feed = ChangeFeed()
            self.journal = Journal(self.store, self.feed, self.clock, self.info.workspace)
            self.logbook = Logbook(self.store, self.journal, self.clock, self.info.journal)
            self.audit = Audit(self.store, self.clock)
            self.attachments = Attachments(
                folder / ATTACHMENTS_FOLDER, key, self.store, self.clock, _unrecorded
            )
        except BaseException:
            self.store.close()
            raise

    @property
    def workspace(self) -> str:
        """The workspace that this profile follows."""
        return self.info.workspace

    def owns(self, bucket: str) -> bool:
        """Whether `bucket` belongs to this workspace."""
        return bucket.startswith(f"{self.workspace}/")

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    # Going up

    def outbox(self) -> list[wire.Op]:
        """The oldest operations that the hub has not taken."""
        return [wired(op) for op in self.journal.outbox(MAX_OPS, MAX_BYTES)]

    def acknowledge(self, outcomes: Sequence[wire.Outcome]) -> Changed | None:
        """Write down what became of pushed operations; what that changed here."""
        return told_of(self.journal.acknowledge(outcomes))

    def counts(self) -> tuple[int, int]:
        """How many things wait with what was done to them, how many acts the hub refused."""
        with self.store.read() as connection:
            waiting, refused = connection.execute(
                "SELECT count(DISTINCT entity) FILTER (WHERE refused = ''), "
                "count(*) FILTER (WHERE refused <> '') FROM outbox JOIN operation USING (seq)"
            ).fetchone()
        return int(waiting), int(refused)

    def deliveries(self, entities: Sequence[str]) -> list[Delivery]:
        """How far these have come."""
        with self.store.read() as connection:
            return list(delivered(connection, entities).values())

    # Coming down

    def cursors(self) -> dict[str, int]:
        """Where this profile stands in each bucket that it follows."""
        return self.journal.cursors()

    def receive(self, records: Sequence[wire.Record], cursors: Mapping[str, int]) -> Changed | None:
        """Apply a page and move the cursors, or neither."""
        if any(record.remove for record in records):
            with self.store.write():
                mark(self.settings)
        return told_of(self.journal.receive([Received.of(r) for r in records], cursors=cursors))

    def rewind(self, head: int) -> None:
        """The hub has forgotten what came after `head`: tell it again, read again."""
        link = hub_link(self.settings)
        rewind(self.store, self.journal, head, link.device if link else "")

    def heed_restoration(self, said: str) -> None:
        """Go back as far as the hub says it was restored, once for each restoration."""
        head = restored_to(self.settings, said)
        if head is not None:
            with self.store.write():
                self.rewind(head)
                remember(self.settings, said)

    def beyond(self, buckets: Sequence[str]) -> list[str]:
        """What is held here and may not be seen any more, when the hub shows `buckets`.

        One that is not followed yet may have been made by what this station has just sent, and be
        missing in an answer that was under way: there the person's rights decide.
        """
        with self.store.read() as connection:
            rows = connection.execute(
                "SELECT substr(key, ?) FROM setting WHERE key LIKE ?",
                (len(_PLACE) + 1, f"{_PLACE}%"),
            ).fetchall()
        followed = set(self.cursors()) | {row[0] for row in rows}
        placed = self.journal.buckets() - followed - {""}
        hidden = {b for b in placed if not visible(Bucket.parse(b), self._rights)}
        return sorted((followed | hidden) - set(buckets))

    def purge(self, bucket: str) -> Changed | None:
        """Forget all of `bucket`: the right to it ended.  What was not sent stays to be sent."""

        def work(connection: Connection) -> Changed | None:
            connection.execute("DELETE FROM setting WHERE key = ?", (_PLACE + bucket,))
            mark(self.settings)
            return told_of(self.journal.purge(bucket))

        return self.store.run(work)

    def begun(self, bucket: str) -> Place:
        """Where the loading of `bucket` stands."""
        known = self.settings.get(_PLACE + bucket)
        return Place() if known is None else msgspec.convert(known, Place)

    def load(self, bucket: str, rows: Sequence[wire.StateRow], place: Place) -> Changed | None:
        """Take in some of a bucket's things; after the last ones the bucket is followed."""

        def work(connection: Connection) -> Changed | None:
            self.journal.place([row.uid for row in rows], bucket)
            changes = self.logbook.load_states(connection, rows)
            key = _PLACE + bucket
            if place.after:
                self.settings.put(key, msgspec.to_builtins(place))
            else:
                self.settings.put(key, None)
                self.journal.receive([], cursors={bucket: place.at})
            return told_of(changes)

        return self.store.run(work)

    # Beside

    def remember(self, session: wire.SessionReply, offset_ms: int) -> None:
        """What the hub said of the person and of how long this cache may live alone."""
        contact = Contact(
            at=self.clock.now(), offset_ms=offset_ms, keep_days=session.keep_days,
            salvage_key=session.salvage_key or None,
        )  # fmt: skip
        self._rights = rights_in(session.rights, self.workspace)
        with self.store.write():
            Accounts(self.store).put(account_of(session, self.workspace))
            keep_rights(self.settings, session)
            self._met(contact)

    def heard_from_hub(self, offset_ms: int) -> None:
        """The hub answered: the days without contact count anew."""
        with self.store.write():
            self._met(Contact(at=self.clock.now(), offset_ms=offset_ms))

    def _met(self, contact: Contact) -> None:
        link = hub_link(self.settings)
        if link is not None:
            put_hub_link(self.settings, met(link, contact))

    def remember_sent(self, sha256: str) -> None:
        """The hub has this attachment."""
        with self.store.write() as connection:
            attached.at_hub(connection, sha256)

    def take_in(self, sha256: str, data: bytes) -> None:
        """Keep an attachment that came from the hub.

        Raises:
            BeffroiError: it is of a kind that may not come in, or there is no room.
        """
        name = attached.name_of(self.store, sha256) or sha256[:12]
        with self.store.write() as connection:
            self.attachments.take_in(name, data)
            attached.at_hub(connection, sha256)

    def let_go(self) -> None:
        """Drop the attachments that nothing visible here names any more."""
        gone = attached.unnamed(self.store)
        with self.store.write() as connection:
            attached.forgotten(connection, gone)
        for sha256 in gone:
            self.attachments.forget(sha256)

    def keep_seen(self, seen: Sequence[wire.Seen]) -> None:
        """Remember who has read what."""
        with self.store.write() as connection:
            keep_seen(connection, seen)


def _unrecorded(_who: Identity, _action: str, _obj: str, _name: str) -> None:
    """Nobody acts here: what comes from the hub is in the hub's trail."""


def wired(op: Operation) -> wire.Op:
    """An operation of the journal as it travels."""
    return wire.Op(
        op_id=op.op_id, kind=op.kind, entity=op.entity, workspace=op.workspace, hlc=op.hlc,
        made_at=op.made_at, offset=op.offset, author=op.author, post=op.post, station=op.station,
        marking=op.marking, audience=op.audience, device=op.device, signature=op.signature,
        payload=msgspec.Raw(op.payload),
    )  # fmt: skip
