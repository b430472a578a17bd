"""Whoever holds the database can change it; verification then names the first broken link."""

import asyncio

import pytest

from beffroi.access.trace import Verdict
from beffroi.journal import chain
from hub.db import Database
from hub.db.tables.trail import EXTRAS
from hub.keys import Seal as SealKey
from hub.people import People
from hub.starting.first import welcome
from hub.trail import Actor, Trail
from hub.trail.head import statement
from hub.trail.proof import verify
from hub.trail.seals import Sealer
from tests.conftest import CHEAP

LEROY = Actor(account="m.leroy", post="OL-SNCF", station="SNCF-01")
DAY_S = 86_400


async def ten_lines(trail: Trail) -> None:
    for number in range(10):
        await trail.record(LEROY, "read", str(number))


async def forge(database: Database, *statements: tuple[object, ...]) -> None:
    """Change the base as its administrator can: without the triggers."""
    async with database.write() as session:
        for trigger in (words.split() for words in EXTRAS[database.dialect]):
            if trigger[:2] == ["CREATE", "TRIGGER"]:
                table = trigger[trigger.index("ON") + 1]
                on = f" ON {table}" if database.dialect == "postgresql" else ""
                await session.run(f"DROP TRIGGER {trigger[2]}{on}")
        for sql, *marks in statements:
            await session.run(str(sql), *marks)


async def verdicts(trail: Trail) -> dict[str, Verdict]:
    found = await verify(trail.database, trail.key, None)
    return {verdict.chain: verdict for verdict in found}


async def test_a_trail_that_nobody_touched_is_whole(trail: Trail) -> None:
    assert (await verdicts(trail))["audit"] == Verdict(chain="audit", whole=True)
    await ten_lines(trail)
    await Sealer(trail).seal()
    found = await verdicts(trail)
    assert found["audit"] == Verdict(chain="audit", whole=True, lines=12)
    assert found["seals"] == Verdict(chain="seals", whole=True, lines=2)


@pytest.mark.parametrize(
    ("sql", "seq", "why"),
    [
        ("UPDATE trail SET account = 'autre' WHERE seq = 4", 4, "altered"),
        ("UPDATE trail SET at = at + 1 WHERE seq = 1", 1, "altered"),
        ("UPDATE trail SET flaw = 'altered' WHERE seq = 9", 9, "altered"),
        ("UPDATE trail SET prev_hash = hash WHERE seq = 5", 5, "unlinked"),
        ("DELETE FROM trail WHERE seq = 6", 6, "missing"),
        ("DELETE FROM trail WHERE seq > 7", 8, "cut"),
        ("DELETE FROM trail", 1, "cut"),
        ("DELETE FROM trail_head", 11, "cut"),
        ("UPDATE trail SET seq = 12 WHERE seq = 10", 10, "missing"),
    ],
)
async def test_the_first_broken_link_is_named(trail: Trail, sql: str, seq: int, why: str) -> None:
    await ten_lines(trail)
    await forge(trail.database, (sql,))
    broken = (await verdicts(trail))["audit"]
    assert (broken.whole, broken.seq, broken.why) == (False, seq, why)


@pytest.mark.parametrize("taken", ["seq > 7", "seq > 0"])
async def test_an_end_taken_with_its_signature_stays_told_after_the_hub_wrote_on(
    trail: Trail, taken: str
) -> None:
    await ten_lines(trail)
    await forge(
        trail.database,
        (f"DELETE FROM trail WHERE {taken}",), ("DELETE FROM trail_head",), ("DELETE FROM seal",),
    )  # fmt: skip
    await ten_lines(trail)
    left = 7 if taken == "seq > 7" else 0
    broken = (await verdicts(trail))["audit"]
    assert (broken.whole, broken.seq, broken.why) == (False, left + 1, "cut")


async def test_another_hub_on_the_same_base_tells_it_too(trail: Trail) -> None:
    await ten_lines(trail)
    await forge(trail.database, ("DELETE FROM trail WHERE seq > 7",), ("DELETE FROM trail_head",))
    again = Trail(trail.database, trail.clock, trail.key)
    await again.record(LEROY, "read", "11")
    broken = (await verdicts(again))["audit"]
    assert (broken.whole, broken.seq, broken.why) == (False, 8, "cut")


async def test_an_older_state_put_back_under_a_running_hub_is_told(trail: Trail) -> None:
    await ten_lines(trail)
    async with trail.database.read() as session:
        old = await session.row("SELECT seq, hash, signature FROM trail_head")
    assert old is not None
    await ten_lines(trail)
    await forge(
        trail.database,
        ("DELETE FROM trail WHERE seq > 10",),
        ("UPDATE trail_head SET seq = ?, hash = ?, signature = ?", *old),
    )
    assert (await verdicts(trail))["audit"].whole
    await trail.record(LEROY, "read", "21")
    broken = (await verdicts(trail))["audit"]
    assert (broken.whole, broken.seq, broken.why) == (False, 11, "cut")


async def test_a_trail_that_is_gone_when_a_hub_starts_is_told(trail: Trail) -> None:
    people = People(trail.database, trail.clock, cost=CHEAP)
    assert await welcome(trail.database, people, trail) is not None
    assert (await verdicts(trail))["audit"].whole
    await forge(trail.database, ("DELETE FROM trail",), ("DELETE FROM trail_head",))
    again = Trail(trail.database, trail.clock, trail.key)
    assert await welcome(trail.database, people, again) is None
    assert not (await verdicts(again))["audit"].whole


async def test_a_whole_chain_forged_without_the_key_shows(trail: Trail) -> None:
    await ten_lines(trail)
    last = await _hash(trail.database, 9)
    row = await _row(trail.database, 10)
    forged = chain.link(last, (*row[:3], "autre", *row[4:]))
    own = SealKey(bytes(32))
    await forge(
        trail.database,
        ("UPDATE trail SET account = 'autre', hash = ? WHERE seq = 10", forged),
        ("UPDATE trail_head SET hash = ?, signature = ?", forged, own.sign(statement(10, forged))),
    )
    broken = (await verdicts(trail))["audit"]
    assert (broken.seq, broken.why) == (10, "seal")


async def test_a_cut_hidden_behind_an_old_end_contradicts_the_seals(trail: Trail) -> None:
    await ten_lines(trail)
    async with trail.database.read() as session:
        old = await session.row("SELECT seq, hash, signature FROM trail_head")
    await trail.record(LEROY, "export", "journal.csv")
    await Sealer(trail).seal()
    await forge(
        trail.database,
        ("DELETE FROM trail WHERE seq > 10",),
        ("UPDATE trail_head SET seq = ?, hash = ?, signature = ?", *old),
    )
    found = await verdicts(trail)
    assert found["audit"].whole
    assert (found["seals"].whole, found["seals"].seq, found["seals"].why) == (False, 1, "seal")


@pytest.mark.parametrize(
    ("sql", "seq", "why"),
    [
        ("UPDATE seal SET day = '2024-01-01' WHERE number = 2", 2, "seal"),
        ("UPDATE seal SET hash = previous WHERE number = 1", 1, "seal"),
        ("DELETE FROM seal WHERE number = 1", 1, "missing"),
        ("DELETE FROM seal WHERE number = 3", 3, "cut"),
        ("UPDATE seal SET previous = hash WHERE number = 3", 3, "unlinked"),
    ],
)
async def test_a_seal_that_does_not_hold_is_named(
    trail: Trail, sql: str, seq: int, why: str
) -> None:
    for _day in range(3):
        await trail.record(LEROY, "read", "e")
        await Sealer(trail).seal()
    await forge(trail.database, (f"{sql} {'AND' if 'WHERE' in sql else 'WHERE'} chain = 'audit'",))
    broken = (await verdicts(trail))["seals"]
    assert (broken.whole, broken.seq, broken.why) == (False, seq, why)


async def test_a_day_is_sealed_once_whoever_asks(trail: Trail, clock) -> None:
    sealer = Sealer(trail)
    made = await sealer.seal_if_due()
    assert {(seal.chain, seal.day) for seal in made} == {
        ("audit", "2024-07-25"), ("journal", "2024-07-25"),
    }  # fmt: skip
    assert await sealer.seal_if_due() == []
    clock.forward(DAY_S)
    (audit, _journal) = await Sealer(trail).seal_if_due()
    assert (audit.day, audit.number, audit.from_seq) == ("2024-07-26", 2, 1)
    assert (await verdicts(trail))["seals"].whole


async def test_replicas_that_seal_at_once_make_one_seal(trail: Trail, key: SealKey, clock) -> None:
    await ten_lines(trail)
    replicas = [Sealer(Trail(trail.database, clock, key)) for _replica in range(4)]
    made = await asyncio.gather(*(sealer.seal_if_due() for sealer in replicas))
    assert sorted(map(len, made)) == [0, 0, 0, 2]
    assert (await verdicts(trail))["seals"] == Verdict(chain="seals", whole=True, lines=2)


async def test_replicas_that_seal_while_the_trail_grows_share_no_number(
    trail: Trail, key: SealKey, clock
) -> None:  # type: ignore[no-untyped-def]
    other = Trail(trail.database, clock, key)
    writing = [trail.record(Actor(account="rssi"), "audit.read", f"{n}") for n in range(8)]
    sealing = [Sealer(one).seal() for one in (trail, other) * 4]
    await asyncio.gather(*(work for pair in zip(writing, sealing, strict=True) for work in pair))
    async with trail.database.read() as session:
        rows = await session.rows("SELECT chain, number FROM seal")
    assert len(rows) == len(set(rows)) >= 8


async def test_seals_made_before_a_rotation_still_hold(trail: Trail, key: SealKey) -> None:
    await ten_lines(trail)
    await Sealer(trail).seal()
    after = Trail(trail.database, trail.clock, key.rotated())
    assert all(verdict.whole for verdict in (await verdicts(after)).values())
    await after.record(LEROY, "read", "e")
    await Sealer(after).seal()
    assert all(verdict.whole for verdict in (await verdicts(after)).values())
    stranger = Trail(trail.database, trail.clock, SealKey.made())
    assert not (await verdicts(stranger))["seals"].whole


async def _hash(database: Database, seq: int) -> bytes:
    async with database.read() as session:
        row = await session.row("SELECT hash FROM trail WHERE seq = ?", seq)
    assert row is not None
    return bytes(row[0])


async def _row(database: Database, seq: int) -> tuple[str | int, ...]:
    async with database.read() as session:
        row = await session.row(
            "SELECT seq, at, kept_at, account, post, station, device, action, object, detail, "
            "source, source_seq, source_hash, flaw FROM trail WHERE seq = ?",
            seq,
        )
    assert row is not None
    return row
