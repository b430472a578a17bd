"""Desks that push without rest and remember what was acknowledged, whatever happens to the hub."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import msgspec

from beffroi.sync import wire
from beffroi.sync.wire import API
from hub.ledger import Ledger
from tests.hub.ledger.kit import FakePeople, Station
from tests.hub.real import Person, World
from tests.means import free_port

BATCH = 5


class Process:
    """A hub that can be killed and started again."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self._arguments = [str(folder)]
        self.port = free_port()
        self._database = [database] if database else []
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{API}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        served = Path(__file__).with_name("served.py")
        words = [sys.executable, str(served), *self._arguments, str(self.port), *self._database]
        self._running = subprocess.Popen(words)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            assert self._running.poll() is None, "the hub ended by itself"
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise TimeoutError

    def kill(self) -> None:
        """`kill -9`."""
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait(10)


@dataclass
class Desk:
    """One station that pushes, and sends again what was not acknowledged."""

    person: Person
    address: str
    acknowledged: dict[str, wire.Outcome] = field(default_factory=dict)
    stopping: bool = False

    def _station(self) -> Station:
        station = Station(FakePeople(), self.person.device, self.person.account)
        station.signer = self.person.signer
        return station

    async def work(self) -> None:
        """Push batches until told to stop; the last one until it is acknowledged."""
        station = self._station()
        headers = self.person.headers
        async with httpx.AsyncClient(base_url=self.address, headers=headers, timeout=15) as client:
            while not self.stopping:
                ops = [station.publish() for _n in range(BATCH)]
                reply = await self._pushed(client, wire.encode(wire.Push(ops=ops)))
                for outcome in reply.outcomes:
                    assert outcome.status in ("kept", "known"), outcome
                    self.acknowledged[outcome.op_id] = outcome

    async def _pushed(self, client: httpx.AsyncClient, body: bytes) -> wire.PushReply:
        while True:
            with suppress(httpx.TransportError):
                reply = await client.post("/sync/push", content=body)
                if reply.status_code == 200:
                    return msgspec.json.decode(reply.content, type=wire.PushReply)
                assert reply.status_code in (503, 507), reply.text
            await asyncio.sleep(0.1)


async def crowd(world: World, count: int) -> list[Person]:
    """People who may write, each at a station of their own."""
    return [await world.enter(f"agent.{n}", {"role": "room_chief"}) for n in range(count)]


async def nothing_lost(ledger: Ledger, desks: list[Desk]) -> None:
    """Every acknowledged operation is at the position that was told, and there is no hole."""
    told = {op_id: o for desk in desks for op_id, o in desk.acknowledged.items()}
    assert len(told) > BATCH * len(desks)
    head = await ledger.head()
    kept: dict[str, wire.Record] = {}
    after = 0
    while after < head:
        page = await ledger.tail(after, 1000)
        kept |= {record.op.op_id: record for record in page.records if record.op}
        after = page.reached
    assert [record.seq for record in kept.values()] == list(range(1, head + 1))
    assert sorted(r.number or 0 for r in kept.values()) == list(range(1, head + 1))
    assert {op_id: (o.seq, o.number, o.at) for op_id, o in told.items()} == {
        op_id: (kept[op_id].seq, kept[op_id].number, kept[op_id].at) for op_id in told
    }
    assert await ledger.verify() is None
