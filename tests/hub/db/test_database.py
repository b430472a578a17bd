"""Both engines keep the same promises."""

import asyncio

import pytest

from hub.db import Database


async def test_what_was_written_is_read_back(database: Database) -> None:
    async with database.write() as session:
        await session.run("INSERT INTO series VALUES (?, ?, ?)", "jop-2024", "MC%'?", 3)
        await session.many(
            "INSERT INTO series VALUES (?, ?, ?)", [("jop-2024", f"P{n}", n) for n in range(3)]
        )
    async with database.read() as session:
        rows = await session.rows("SELECT prefix, last FROM series WHERE prefix <> '?%' ORDER BY 1")
        assert rows == [("MC%'?", 3), ("P0", 0), ("P1", 1), ("P2", 2)]
        assert await session.row("SELECT 1 WHERE 1 = ?", 2) is None


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def half() -> None:
        async with database.write() as session:
            await session.run("INSERT INTO series VALUES ('a', 'b', 1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half()
    async with database.read() as session:
        assert await session.rows("SELECT * FROM series") == []


async def test_a_reading_transaction_stays_on_its_snapshot(database: Database) -> None:
    async with database.read() as reading:
        assert await reading.row("SELECT count(*) FROM series") == (0,)
        async with database.write() as writing:
            await writing.run("INSERT INTO series VALUES ('a', 'b', 1)")
        assert await reading.row("SELECT count(*) FROM series") == (0,)


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"read.?only"):
        async with database.read() as session:
            await session.run("INSERT INTO series VALUES ('a', 'b', 1)")


async def test_many_tasks_read_and_write_at_once(database: Database) -> None:
    async def one(number: int) -> None:
        async with database.write() as session:
            await session.run("INSERT INTO series VALUES ('a', ?, 1)", str(number))
        async with database.read() as session:
            assert await session.row("SELECT last FROM series WHERE prefix = ?", str(number))

    await asyncio.gather(*(one(number) for number in range(40)))
    async with database.read() as session:
        assert await session.row("SELECT count(*) FROM series") == (40,)
