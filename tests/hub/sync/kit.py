"""A hub in memory behind real HTTP: people with chosen rights, a ledger that is a list."""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import msgspec
import uvicorn
from starlette.requests import Request

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.app import create_app
from hub.attachments.blobs import open_blobs
from hub.attachments.register import Register as AttachmentRegister
from hub.core import Hub
from hub.db.embedded import EmbeddedDatabase
from hub.http.trouble import signed_out
from hub.ledger.holding import Holder
from hub.live.fanout import Fanout
from hub.live.server import StreamingServer
from hub.ports import Caller
from hub.settings import Settings
from hub.snapshots.shelf import Shelf
from hub.sync.seen import SeenStore
from hub.trail import Actor

WS = "jop-2024"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Someone with a session; the account is the token too."""

    account: str
    display: str = "Quelqu’un"
    device: str = "device-1"
    station: str = "Poste 1"
    session: str = ""
    posts: tuple[str, ...] = ("Chef de salle",)
    rights: tuple[wire.Rights, ...] = ()


def reader(
    account: str, marking: str = "DR", caveats: Sequence[str] = (), workspace: str = WS, **more: str
) -> Visitor:
    """Someone who reads a workspace up to `marking` and `caveats`."""
    right = wire.Rights(
        workspace=workspace,
        role="writer",
        actions=["read:entry", "create:entry", "create:attachment"],
        marking=marking,
        caveats=list(caveats),
    )
    return Visitor(account=account, session=f"session-{account}", rights=(right,), **more)


class Register:
    """People by their token, at stations that nobody looks at."""

    devices = None

    def __init__(self, *visitors: Visitor) -> None:
        self.visitors = {visitor.account: visitor for visitor in visitors}

    async def caller(self, request: Request) -> Caller:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        visitor = self.visitors.get(token)
        if visitor is None:
            raise signed_out()
        return visitor


@dataclass(frozen=True)
class Page:
    records: list[wire.Record]
    reached: int
    more: bool


@dataclass
class ListedLedger:
    """A ledger that keeps its records in a list and pokes who listens."""

    kept: list[wire.Record] = field(default_factory=list)
    entities: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, set[str]] = field(default_factory=dict)
    _grown: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, op: wire.Op) -> wire.Record:
        """Take an operation into the bucket that its marking says."""
        tail = f"/{op.audience}" if op.audience else ""
        bucket = f"{op.workspace}/{op.marking}{tail}"
        record = wire.Record(seq=len(self.kept) + 1, bucket=bucket, at=1, op=op)
        self.kept.append(record)
        self.entities[op.entity] = bucket
        self._grown.set()
        return record

    def remove(self, entity: str, bucket: str, to: str) -> None:
        """An entity leaves a bucket for another."""
        self.kept.append(wire.Record(seq=len(self.kept) + 1, bucket=bucket, remove=entity))
        self.entities[entity] = to
        self._grown.set()

    quarantine = None

    @property
    def states(self) -> "ListedLedger":
        return self

    async def reached(self) -> int:
        return len(self.kept)

    async def push(self, caller: Caller, ops: Sequence[wire.Op]) -> list[wire.Outcome]:
        del caller
        known = {record.op.op_id: record for record in self.kept if record.op}
        return [
            wire.Outcome(op_id=op.op_id, status="known", seq=known[op.op_id].seq)
            if op.op_id in known
            else wire.Outcome(op_id=op.op_id, status="kept", seq=self.put(op).seq)
            for op in ops
        ]

    async def head(self) -> int:
        return len(self.kept)

    async def buckets(self, workspace: str) -> Collection[str]:
        return {r.bucket for r in self.kept if r.bucket.startswith(f"{workspace}/")}

    async def records(self, cursors: Mapping[str, int], limit: int, upto: int) -> Page:
        found = [r for r in self.kept if r.bucket in cursors and cursors[r.bucket] < r.seq <= upto]
        more = len(found) > limit
        return Page(found[:limit], found[limit - 1].seq if more else upto, more)

    async def tail(self, after: int, limit: int) -> Page:
        found = self.kept[after : after + limit]
        return Page(found, after + len(found), len(self.kept) > after + limit)

    async def state_page(self, bucket: str, after: str, limit: int) -> wire.StatePage:
        uids = sorted(
            uid for uid, where in self.entities.items() if where == bucket and uid > after
        )
        rows = [
            wire.StateRow(kind="entry", uid=uid, seq=1, state=msgspec.Raw(b"{}"))
            for uid in uids[:limit]
        ]
        return wire.StatePage(
            at=len(self.kept), rows=rows, next=uids[limit - 1] if len(uids) > limit else ""
        )

    async def bucket_of(self, uids: Collection[str]) -> Mapping[str, str]:
        return {uid: self.entities[uid] for uid in uids if uid in self.entities}

    async def holders(self, sha256: str) -> list[Holder]:
        return [Holder(bucket, "", 0, sent=True) for bucket in self.attachments.get(sha256, ())]

    async def listen(self) -> AsyncIterator[int]:
        while True:
            yield len(self.kept)
            await self._grown.wait()
            self._grown.clear()


class Diary:
    """A trail that a test reads."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    async def record(self, who: Actor, action: str, obj: str = "", **detail: object) -> None:
        del detail
        self.lines.append((who.account, action, obj))

    def note(self, who: Actor, action: str, obj: str = "") -> None:
        self.lines.append((who.account, action, obj))


def op(number: int, marking: str = "DR", audience: str = "", workspace: str = WS) -> wire.Op:
    """An operation that publishes entry number `number`."""
    return wire.Op(
        op_id=f"op-{number}",
        kind="entry.publish",
        entity=f"entry-{number}",
        workspace=workspace,
        hlc=number,
        made_at=number,
        author="m.durand",
        post="Chef de salle",
        station="Poste 1",
        marking=marking,
        audience=audience,
        payload=msgspec.Raw(b'{"text":"Feu de broussailles"}'),
    )


def listed_hub(
    database: EmbeddedDatabase, ledger: ListedLedger, people: Register, folder: Path
) -> Hub:
    """A hub whose ledger is a list and whose people are those of the test."""
    clock = Clock()
    fanout = Fanout(ledger, database, clock)
    hub = Hub(
        settings=Settings(data=folder, rate=0),
        clock=clock,
        keys=None,
        database=database,
        ledger=ledger,
        committer=ledger,
        projector=None,
        people=people,
        trail=Diary(),
        fanout=fanout,
        seen=SeenStore(database),
        blobs=open_blobs(str(folder / "attachments"), bytes(32)),
        register=AttachmentRegister(database, ledger, people),
        shelf=Shelf(ledger, database, clock, folder),
    )
    hub.steps = [(fanout.start, fanout.stop)]
    return hub


@asynccontextmanager
async def served(hub: Hub) -> AsyncIterator[str]:
    """The address at which a real server answers for `hub`."""
    config = uvicorn.Config(
        create_app(hub), log_level="error", access_log=False, timeout_graceful_shutdown=2
    )
    server = StreamingServer(config, hub.fanout)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{wire.API}"
        server.should_exit = True
        await serving


def client(address: str, account: str) -> httpx.AsyncClient:
    """`account`’s way to the hub."""
    return httpx.AsyncClient(
        base_url=address, headers={"authorization": f"Bearer {account}"}, timeout=10
    )
