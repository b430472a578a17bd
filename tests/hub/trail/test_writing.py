"""What the trail keeps is kept for ever, in order, whoever asks otherwise."""

import asyncio
import json

import pytest

from hub.db import Database, Row, Unavailable
from hub.trail import Actor, Trail

MARCHAND = Actor(account="c.marchand", post="Chef de salle", station="CNCS-04", device="d4")


async def lines(database: Database) -> list[Row]:
    async with database.read() as session:
        return await session.rows(
            "SELECT seq, at, account, post, station, device, action, object, detail "
            "FROM trail ORDER BY seq"
        )


async def test_an_act_is_on_the_disk_when_record_returns(trail: Trail, clock) -> None:
    await trail.record(MARCHAND, "export", "journal.csv", count=12)
    assert await lines(trail.database) == [
        (1, clock.now(), "c.marchand", "Chef de salle", "CNCS-04", "d4", "export", "journal.csv",
         '{"count":12}'),
    ]  # fmt: skip


async def test_many_acts_at_once_get_one_number_each(trail: Trail) -> None:
    await asyncio.gather(*(trail.record(MARCHAND, "read", str(n)) for n in range(300)))
    kept = await lines(trail.database)
    assert [line[0] for line in kept] == list(range(1, 301))
    assert {line[7] for line in kept} == {str(n) for n in range(300)}


async def test_two_replicas_write_one_chain(trail: Trail, clock, key) -> None:
    other = Trail(trail.database, clock, key)
    await asyncio.gather(
        *(one.record(MARCHAND, "read", str(n)) for n in range(40) for one in (trail, other))
    )
    assert [line[0] for line in await lines(trail.database)] == list(range(1, 81))


async def test_the_same_frequent_act_is_counted_and_written_within_a_minute(
    trail: Trail, clock
) -> None:
    first = clock.now()
    for _time in range(3):
        trail.note(MARCHAND, "read", "e1", box="jop-2024/DR")
    trail.note(MARCHAND, "read", "e2")
    assert await lines(trail.database) == []
    clock.forward(61)
    trail.note(MARCHAND, "read", "e1", box="jop-2024/DR")
    for _try in range(200):
        if kept := await lines(trail.database):
            break
        await asyncio.sleep(0.02)
    assert [(line[1], line[7], json.loads(line[8])) for line in kept] == [
        (first, "e1", {"box": "jop-2024/DR", "times": 4}),
        (first, "e2", {}),
    ]


async def test_what_was_noted_is_written_when_the_hub_stops(trail: Trail) -> None:
    trail.note(MARCHAND, "read", "e1")
    await trail.stop()
    assert [line[7] for line in await lines(trail.database)] == ["e1"]


async def test_what_cannot_be_written_is_told_and_what_was_noted_waits(
    trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail.note(MARCHAND, "read", "e1")
    with monkeypatch.context() as broken:
        broken.setattr(trail, "database", _Away(trail.database))
        with pytest.raises(Unavailable):
            await trail.record(MARCHAND, "export", "journal.csv")
        with pytest.raises(Unavailable):
            await trail.flush()
    await trail.flush()
    assert [line[7] for line in await lines(trail.database)] == ["e1"]


async def test_characters_that_a_database_cannot_keep_do_not_lose_the_line(trail: Trail) -> None:
    await trail.record(Actor(account="a\x00b"), "search", "\ud800 \x00", text="\ud800\x00")
    ((_seq, _at, account, *_rest, obj, detail),) = await lines(trail.database)
    assert (account, obj) == ("a\ufffdb", "? \ufffd")
    assert json.loads(detail) == {"text": "?\x00"}


ON_BOTH = (
    "UPDATE trail SET account = 'x'",
    "UPDATE trail SET flaw = 'altered' WHERE seq = 1",
    "DELETE FROM trail",
    "DELETE FROM trail WHERE seq = 1",
    "UPDATE seal SET day = 'x'",
    "DELETE FROM seal",
)
CHANGES = {
    "postgresql": (*ON_BOTH, "TRUNCATE trail", "TRUNCATE seal"),
    "sqlite": (
        *ON_BOTH,
        "INSERT OR REPLACE INTO trail (seq, at, kept_at, action, detail, prev_hash, hash) "
        "VALUES (1, 0, 0, '', '{}', x'', x'')",
        "INSERT OR REPLACE INTO seal (chain, number, day, at, from_seq, to_seq, hash, previous, "
        "key, signature) VALUES ('trail', 1, '', 0, 0, 0, x'', x'', '', x'')",
    ),
}


async def test_no_line_and_no_seal_is_changed_or_removed(trail: Trail) -> None:
    database = trail.database
    await trail.record(MARCHAND, "read", "e1")
    async with database.write() as session:
        await session.run(
            "INSERT INTO seal (chain, number, day, at, from_seq, to_seq, hash, previous, key, "
            "signature) VALUES ('trail', 1, '2024-07-26', 0, 1, 1, ?, ?, '', ?)",
            b"", b"", b"",
        )  # fmt: skip
    before = await lines(database)
    for sql in CHANGES[database.dialect]:
        with pytest.raises(Exception, match="never changed"):
            async with database.write() as session:
                await session.run(sql)
    assert await lines(database) == before


class _Away:
    """A database whose server does not answer."""

    def __init__(self, real: Database) -> None:
        self.dialect = real.dialect

    def write(self):
        raise Unavailable.now()
