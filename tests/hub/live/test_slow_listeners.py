"""A desktop that does not keep up is asked to pull and let go; it never holds the others back."""

import asyncio

from beffroi.sync import wire
from hub.live.listener import MAX_BYTES, MAX_FRAMES, Listener
from hub.live.topic import RESYNC, Topic
from hub.live.words import DeskWord, hear, parts
from hub.scope import scope_in
from tests.hub.sync.kit import WS, reader

CALLER = reader("m.durand")
SCOPE = scope_in(WS, CALLER.rights)
assert SCOPE is not None


def listener() -> Listener:
    return Listener(CALLER, SCOPE, 0)


async def test_frames_come_in_order_and_together() -> None:
    one = listener()
    for frame in (b"a", b"b", b"c"):
        assert one.offer(frame)
    assert await one.take() == b"abc"
    one.end(b"d")
    assert await one.take() == b"d"
    assert await one.take() == b""


async def test_a_waiting_reader_is_woken() -> None:
    one = listener()
    waiting = asyncio.create_task(one.take())
    await asyncio.sleep(0)
    one.offer(b"a")
    assert await waiting == b"a"


async def test_what_waits_is_bounded_in_number_and_in_bytes() -> None:
    many, big = listener(), listener()
    assert [many.offer(b"x") for _ in range(MAX_FRAMES + 1)] == [True] * MAX_FRAMES + [False]
    assert big.offer(b"x" * MAX_BYTES)
    assert not big.offer(b"x")


async def test_who_does_not_keep_up_is_asked_to_pull_and_the_others_go_on() -> None:
    topic = Topic(SCOPE, 0)
    slow, quick = listener(), listener()
    for one in (slow, quick):
        topic.greet(one, 0)
    for number in range(MAX_FRAMES + 5):
        topic.send(b"data: %d\n\n" % number)
        await quick.take()
    assert not quick.closed
    assert slow.closed
    assert await slow.take() == RESYNC
    assert await slow.take() == b""
    assert topic.overflows == 1


async def test_a_peer_that_takes_nothing_at_all_is_cut() -> None:
    one = listener()
    stuck = asyncio.Event()

    async def serve() -> None:
        one.task, one.blocked = asyncio.current_task(), True
        await stuck.wait()

    serving = asyncio.create_task(serve())
    await asyncio.sleep(0)
    one.drop(RESYNC)
    assert (await asyncio.gather(serving, return_exceptions=True))[0].__class__ is (
        asyncio.CancelledError
    )


def test_what_another_version_says_is_left_out() -> None:
    assert hear("pas du JSON") is None
    assert hear('{"unknown": 1}') is None


def test_announcements_fit_into_what_postgresql_carries() -> None:
    words = [
        DeskWord(workspace=WS, presence=wire.Presence(account=f"é{n}" * 20, person="É" * 50))
        for n in range(300)
    ]
    lists = list(parts(words))
    assert sum(map(len, lists)) == 300
    assert all(len(wire.encode(each)) < 7_000 for each in lists)
