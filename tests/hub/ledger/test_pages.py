"""Pulling and listening: each bucket from its cursor, in the order of positions."""

import asyncio

import pytest

from hub.ledger import Ledger, pages
from hub.ledger.committer import Committer
from tests.hub.ledger.kit import FakePeople, Station

DR, MEDICAL = "jop-2024/DR", "jop-2024/DR/MEDICAL"


@pytest.mark.parametrize("short", [0, 500])
async def test_pages_of_several_buckets_come_in_order_and_miss_nothing(
    committer: Committer,
    ledger: Ledger,
    people: FakePeople,
    short: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "_SHORT", short)
    people.grant("chef", caveats=("MEDICAL",))
    station = Station(people, "poste-1", "chef")
    ops = [station.publish(caveats=("MEDICAL",) if n % 3 == 0 else ()) for n in range(30)]
    await committer.push(station.caller, ops)
    assert await ledger.buckets("jop-2024") == {DR, MEDICAL}
    cursors, seen = {DR: 0, MEDICAL: 12}, []
    while True:
        page = await ledger.records(cursors, 7, upto=30)
        seen += [record.seq for record in page.records]
        cursors = dict.fromkeys(cursors, page.reached)
        if not page.more:
            break
    assert page.reached == 30
    assert seen == [n for n in range(1, 31) if (n - 1) % 3 or n > 12]


async def test_nothing_beyond_the_asked_position(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    await committer.push(station.caller, [station.publish() for _n in range(10)])
    page = await ledger.records({DR: 2}, 100, upto=6)
    assert [record.seq for record in page.records] == [3, 4, 5, 6]
    assert (page.reached, page.more) == (6, False)
    page = await ledger.tail(2, 3)
    assert ([record.seq for record in page.records], page.more) == ([3, 4, 5], True)


async def test_a_bucket_that_was_left_out_does_not_exist(
    committer: Committer, ledger: Ledger, people: FakePeople
) -> None:
    people.grant("chef", caveats=("MEDICAL",))
    station = Station(people, "poste-1", "chef")
    await committer.push(station.caller, [station.publish(caveats=("MEDICAL",))])
    page = await ledger.records({DR: 0}, 100, upto=1)
    assert (page.records, page.reached) == ([], 1)


async def test_whoever_listens_hears_how_far_it_came(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    heard: list[int] = []

    async def listen() -> None:
        async for position in ledger.listen():
            heard.append(position)
            if position == 3:
                return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.05)
    await committer.push(station.caller, [station.publish() for _n in range(3)])
    await asyncio.wait_for(listening, 5)
    assert heard == [0, 3]


async def test_what_a_stranger_asks_for_is_nowhere(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    await committer.push(station.caller, [station.publish()])
    assert await ledger.bucket_of(["a\x00b", "x" * 5000, "é'\"?%s"]) == {}
    page = await ledger.records({DR: -(10**30), "jop-2024/DR'--": 0, "": 10**30}, 10, upto=1)
    assert [record.seq for record in page.records] == [1]
