"""Copies of observations in the hub's database, on both engines."""

from beffroi.observations import SourceState
from beffroi.observations.rows import Body
from hub.db import Database
from hub.sources.shelf import REMEMBER_MS, Lease, Shelf

WS = "jop-2024"


def row(name: str, title: str = "") -> Body:
    return (name, 1, None, 2.0, 48.0, 2.0, 48.0, b"\x01", title or name, None, '{"n":1}')


async def followed(database: Database, *uids: str) -> Shelf:
    shelf = Shelf(database)
    await shelf.follow(dict.fromkeys(uids, (WS, f"{WS}/DR")))
    return shelf


async def test_what_is_new_comes_once_and_what_went_is_told(database: Database) -> None:
    shelf = await followed(database, "s")
    first = await shelf.put("s", [row("a"), row("b")], [], 1)
    await shelf.put("s", [row("a", "changed"), row("b")], [], 2)
    await shelf.put("s", [], ["b"], 3)
    page = await shelf.page("s", first, 100, again=False)
    assert [one[0] for one in page.rows] == ["a"]
    assert page.rows[0][8] == "changed"
    assert page.gone == ["b"]
    assert (await shelf.page("s", page.cursor, 100, again=False)).rows == []


async def test_a_row_travels_as_it_is(database: Database) -> None:
    shelf = await followed(database, "s")
    told: Body = ("é", 5, 9, -1.5, 47.0, 1.0, 48.25, bytes(range(12)), "Titre", b"\x00\xff", "{}")
    await shelf.put("s", [told], [], 1)
    assert (await shelf.page("s", 0, 10, again=True)).rows == [told]


async def test_pages_never_cut_what_was_told_at_once(database: Database) -> None:
    shelf = await followed(database, "s")
    for at in range(3):
        await shelf.put("s", [row(f"{at}-{n}") for n in range(4)], [], at)
    cursor, got, turns = 0, list[str](), 0
    more = True
    while more:
        page = await shelf.page("s", cursor, 6, again=False)
        got += [one[0] for one in page.rows]
        cursor, more, turns = page.cursor, page.more, turns + 1
    assert len(got) == len(set(got)) == 12
    assert turns == 3
    large = await shelf.page("s", 0, 2, again=False)
    assert len(large.rows) == 4


async def test_departures_are_forgotten_in_the_end_and_it_is_known(database: Database) -> None:
    shelf = await followed(database, "s")
    await shelf.put("s", [row("a"), row("b")], [], 1)
    went = await shelf.put("s", [], ["a"], 2)
    await shelf.forget(3 + REMEMBER_MS)
    assert (await shelf.known(WS))["s"][2] == went
    assert await shelf.ids("s") == {"b"}


async def test_what_is_followed_no_more_goes(database: Database) -> None:
    shelf = await followed(database, "s", "t")
    await shelf.put("s", [row("a")], [], 1)
    await shelf.put_states({"t": SourceState(health="late")})
    await shelf.follow({"t": (WS, f"{WS}/NP")})
    known = await shelf.known(WS)
    assert list(known) == ["t"]
    assert known["t"][0] == f"{WS}/NP"
    assert known["t"][3] == SourceState(health="late")
    assert await shelf.ids("s") == set()


async def test_one_replica_at_a_time_holds_the_lease(database: Database) -> None:
    mine, other = (Lease(database, "sources", who, 1_000) for who in ("a", "b"))
    assert await mine.take(0)
    assert not await other.take(500)
    assert await mine.take(900)
    assert not await other.take(1_500)
    assert await other.take(2_000)
    await other.let_go()
    assert await mine.take(2_001)
