"""What one desktop does reaches those who may see it, within a moment, and nobody else."""

import asyncio
import time
from contextlib import AsyncExitStack

import pytest

from beffroi.sync import wire
from hub.core import Hub
from hub.db import Unavailable
from hub.live import fanout
from tests.hub.live.ears import listening
from tests.hub.sync.kit import WS, ListedLedger, client, op, served


async def test_an_operation_reaches_the_others_at_once(address: str, ledger: ListedLedger) -> None:
    async with listening(address, "m.durand") as ear, client(address, "medecin") as http:
        body = wire.encode(wire.Push(ops=[op(1), op(2)]))
        assert (await http.post("/sync/push", content=body)).status_code == 200
        await ear.until(lambda heard: len(heard.records) == 2, seconds=2)
    assert [record.op and record.op.op_id for record in ear.records] == ["op-1", "op-2"]
    assert ear.events[0].head == 0
    assert (ear.events[-1].after, ear.events[-1].head) == (0, 2)


async def test_operations_of_a_moment_come_as_one_message(
    address: str, ledger: ListedLedger
) -> None:
    async with listening(address, "m.durand") as ear:
        for n in range(50):
            ledger.put(op(n))
        await ear.until(lambda heard: len(heard.records) == 50)
    assert len([event for event in ear.events if event.records]) <= 2


async def test_what_someone_may_not_see_is_not_sent(address: str, ledger: ListedLedger) -> None:
    async with listening(address, "m.durand") as reader, listening(address, "medecin") as doctor:
        ledger.put(op(1, "DR_SF", "MEDICAL"))
        ledger.put(op(2, "DR", "ENQUETE"))
        ledger.put(op(3, workspace="autre"))
        ledger.put(op(4))
        await reader.until(lambda heard: heard.records)
        await doctor.until(lambda heard: len(heard.records) == 2)
    assert [record.seq for record in reader.records] == [4]
    assert [record.seq for record in doctor.records] == [1, 4]


async def test_messages_of_a_group_follow_one_another(address: str, ledger: ListedLedger) -> None:
    async with listening(address, "m.durand") as ear:
        for n in range(4):
            ledger.put(op(n, "DR" if n % 2 else "DR_SF"))
            await asyncio.sleep(0.15)
        await ear.until(lambda heard: len(heard.records) == 2)
    told = [(event.after, event.head) for event in ear.events if event.records]
    assert [after for after, _head in told] == [0, *(head for _after, head in told[:-1])]


async def test_more_than_a_message_carries_is_pulled(address: str, ledger: ListedLedger) -> None:
    async with listening(address, "m.durand") as ear:
        for n in range(700):
            ledger.put(op(n))
        await ear.until(lambda heard: any(event.resync for event in heard.events))
    assert ear.records == []
    assert ear.events[-1].head == 700


@pytest.mark.parametrize(("account", "workspace"), [("m.durand", "autre"), ("sans-droit", WS)])
async def test_a_stream_of_what_one_may_not_see_does_not_exist(
    address: str, account: str, workspace: str
) -> None:
    async with client(address, account) as http:
        answer = await http.get("/sync/live", params={"workspace": workspace})
        nowhere = await http.get("/nulle-part")
    assert answer.status_code == 404
    assert answer.content == nowhere.content


async def test_a_session_that_ends_closes_its_stream(address: str, hub: Hub) -> None:
    async with listening(address, "m.durand") as ear, listening(address, "medecin") as other:
        hub.fanout.end_session("session-m.durand")
        await ear.until(lambda heard: heard.ended.is_set())
        assert not other.ended.is_set()
        assert hub.fanout.connected == 1


async def test_rights_that_change_are_asked_anew(
    address: str, hub: Hub, ledger: ListedLedger
) -> None:
    async with listening(address, "m.durand") as ear:
        hub.fanout.rights_changed("m.durand")
        ledger.put(op(1))
        await ear.until(lambda heard: heard.ended.is_set())
    assert ear.events[-1].rights
    assert ear.records == []


async def test_a_revoked_device_is_told_so(address: str, hub: Hub) -> None:
    async with listening(address, "medecin") as ear:
        hub.fanout.revoke_device("device-2")
        await ear.until(lambda heard: heard.ended.is_set())
    assert ear.events[-1].revoked


async def test_a_hub_that_stops_lets_everyone_go_at_once(hub: Hub) -> None:
    async with AsyncExitStack() as waiting, asyncio.timeout(5):
        async with served(hub) as where:
            ears = [await waiting.enter_async_context(listening(where, "m.durand")) for _ in "ab"]
            start = time.monotonic()
        assert time.monotonic() - start < 1
        for ear in ears:
            await ear.until(lambda heard: heard.ended.is_set())


async def test_a_peer_that_leaves_is_let_go(address: str, hub: Hub) -> None:
    async with listening(address, "m.durand"):
        assert hub.fanout.connected == 1
    async with asyncio.timeout(2):
        while hub.fanout.connected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_stream_without_news_shows_that_it_lives(address: str, hub: Hub) -> None:
    async with (
        client(address, "m.durand") as http,
        http.stream("GET", "/sync/live", params={"workspace": WS}) as answer,
        asyncio.timeout(5),
    ):
        lines = answer.aiter_lines()
        await anext(lines)
        hub.fanout.beat()
        assert ":" in [await anext(lines) for _ in range(2)]
    assert fanout.HEARTBEAT_S <= 15


async def test_a_database_that_is_away_for_a_moment_loses_nothing_of_a_stream(
    address: str, ledger: ListedLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "RETRY_S", 0.05)
    tail, failures = ledger.tail, iter([True, True])

    async def shaky(after: int, limit: int) -> object:
        if next(failures, False):
            raise Unavailable.now()
        return await tail(after, limit)

    monkeypatch.setattr(ledger, "tail", shaky)
    async with listening(address, "m.durand") as ear:
        ledger.put(op(1))
        await ear.until(lambda heard: heard.records)
    assert next(failures, None) is None
