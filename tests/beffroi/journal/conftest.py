"""A journal without a logbook: its handlers keep notes, so that tests see what was carried out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from beffroi.changes import Change, ChangeFeed
from beffroi.journal import Act, Identity, Journal, Operation, Received, Signer
from beffroi.store import Connection, Store
from beffroi.sync.wire import Op, Record
from tests.conftest import START, HeldClock

KEY = bytes(range(32))
WHO = Identity(account="c.marchand", person="Claire Marchand", post="Chef", station="poste-1")


@dataclass(frozen=True, kw_only=True)
class NoteChanged(Change):
    """A note changed."""

    note: str


@dataclass(eq=False)
class Notebook:
    """A journal whose only kind of operation says a word of a note."""

    journal: Journal
    store: Store
    heard: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.journal.handle("note.say", self.say)
        self.journal.handle("tie.say", self.say, subject=lambda o: f"{o.entity} to b")
        self.journal.on_removal(self.forget)

    def say(self, connection: Connection, operation: Operation) -> list[Change]:
        """Keep the word, with the number that the hub gave."""
        word = msgspec.json.decode(operation.payload, type=str)
        connection.execute(
            "INSERT OR REPLACE INTO setting (key, value) VALUES (?,?)",
            (f"note/{operation.entity}/{operation.op_id}", f"{word}/{operation.number}"),
        )
        if word == "nonsense":
            raise ValueError(word)
        return [NoteChanged(note=operation.entity)]

    def forget(self, connection: Connection, uid: str) -> list[Change]:
        """Nothing of the note stays."""
        connection.execute("DELETE FROM setting WHERE key LIKE ?", (f"note/{uid}/%",))
        return [NoteChanged(note=uid)]

    def words(self) -> list[str]:
        """What the notes say, in no order that means anything."""
        with self.store.read() as connection:
            rows = connection.execute("SELECT value FROM setting WHERE key LIKE 'note/%'")
            return sorted(row[0] for row in rows)

    def write(self, word: str, entity: str = "a", marking: str = "DR", audience: str = "") -> None:
        """Someone here says a word."""
        act = Act(kind="note.say", entity=entity, payload=word, marking=marking, audience=audience)
        self.journal.commit([act], WHO)

    def listen(self, change: NoteChanged) -> None:
        """Remember what was announced."""
        self.heard.append(change)


Open = Callable[..., Notebook]


@pytest.fixture
def open_notebook(tmp_path: Path, clock: HeldClock) -> Iterator[Open]:
    """Opens notebooks, each a store of its own unless the name is the same."""
    opened: list[Store] = []

    def make(name: str = "n", *, device: str = "", mode: str = "real") -> Notebook:
        store, feed = Store(tmp_path / f"{name}.db", KEY), ChangeFeed()
        opened.append(store)
        signer = Signer(device, KEY) if device else None
        journal = Journal(store, feed, clock, "jop", signer=signer, mode=mode)
        notebook = Notebook(journal, store)
        feed.subscribe(NoteChanged, notebook.listen)
        return notebook

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def notebook(open_notebook: Open) -> Notebook:
    return open_notebook(device="d-1")


def record(seq: int, word: str = "mot", **told: object) -> Received:
    """What the hub sends: position `seq` in bucket jop/DR, unless told otherwise."""
    op = Op(
        op_id=str(told.get("op_id", f"op-{seq}")),
        kind=str(told.get("kind", "note.say")),
        entity=str(told.get("entity", "a")),
        workspace=str(told.get("workspace", "jop")),
        hlc=int(str(told.get("hlc", (START + seq) << 16))),
        made_at=START + seq,
        author="m.leroy",
        post="OL",
        station="poste-2",
        marking="DR",
        device="d-2",
        payload=msgspec.Raw(msgspec.json.encode(word)),
        signature="c2ln",
    )
    bucket = str(told.get("bucket", "jop/DR"))
    number = told.get("number")
    assert number is None or isinstance(number, int)
    return Received.of(Record(seq=seq, bucket=bucket, at=START + seq, number=number, op=op))


def removal(seq: int, entity: str = "a", bucket: str = "jop/DR") -> Received:
    """The hub says that a thing left a bucket."""
    return Received.of(Record(seq=seq, bucket=bucket, remove=entity))
