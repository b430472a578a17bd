"""What stations traced, even cut off, joins the hub's trail; a chain that was touched shows."""

import msgspec

from beffroi.journal import chain
from beffroi.sync.wire import TrailLine
from hub.trail import Actor, Trail
from hub.trail.proof import verify
from hub.trail.stations import acceptable, known_until, merge

WHO = Actor(account="m.leroy", station="SNCF-01", device="d1")


def station_lines(count: int, first: str = "login", station: str = "SNCF-01") -> list[TrailLine]:
    """What a station wrote, chained as `beffroi.access.audit` does."""
    lines: list[TrailLine] = []
    last = chain.GENESIS
    for seq in range(1, count + 1):
        action = first if seq == 1 else "read"
        parts = (seq, 1000 + seq, "m.leroy", "OL-SNCF", station, action, f"e{seq}\x00é", "{}")
        last = chain.link(last, parts)
        lines.append(_line(parts, last))
    return lines


def _line(parts, digest: bytes) -> TrailLine:
    names = ("seq", "at", "actor", "post", "station", "action", "object", "detail")
    return TrailLine(**dict(zip(names, parts, strict=True)), hash=digest.hex())


async def kept(trail: Trail) -> list[tuple[object, ...]]:
    async with trail.database.read() as session:
        return await session.rows(
            "SELECT action, object, source_seq, flaw, device FROM trail ORDER BY seq"
        )


async def test_lines_are_merged_once_however_often_they_are_sent(trail: Trail) -> None:
    lines = station_lines(5)
    assert await merge(trail, WHO, "jop-2024", lines[:3]) == 3
    assert await merge(trail, WHO, "jop-2024", lines[:3]) == 3
    assert await merge(trail, WHO, "jop-2024", lines[1:]) == 5
    assert await merge(trail, WHO, "jop-2024", []) == 5
    assert [row[2] for row in await kept(trail)] == [1, 2, 3, 4, 5]
    assert {(row[3], row[4]) for row in await kept(trail)} == {("", "d1")}
    async with trail.database.read() as session:
        assert await known_until(session, "d1", "jop-2024") == 5
        assert await known_until(session, "d2", "jop-2024") == 0


async def test_a_line_that_is_missing_at_the_station_is_named_and_the_others_kept(
    trail: Trail,
) -> None:
    lines = station_lines(5)
    assert await merge(trail, WHO, "jop-2024", [*lines[:2], *lines[3:]]) == 5
    assert [(row[2], row[3]) for row in await kept(trail) if row[2]] == [
        (1, ""), (2, ""), (4, "missing"), (5, ""),
    ]  # fmt: skip
    station = (await verify(trail.database, trail.key, None))[-1]
    assert (station.chain, station.seq, station.why) == ("station", 4, "missing")
    assert await merge(trail, WHO, "jop-2024", lines) == 5


async def test_a_line_altered_at_the_station_is_kept_and_named(trail: Trail) -> None:
    lines = station_lines(5)
    lines[2] = msgspec.structs.replace(lines[2], object="autre")
    assert await merge(trail, WHO, "jop-2024", lines) == 5
    flaws = [row for row in await kept(trail) if row[3]]
    assert [(row[1], row[2]) for row in flaws] == [("autre", 3)]
    assert ("station.broken", "d1/jop-2024/0001") in {row[:2] for row in await kept(trail)}
    *whole, station = await verify(trail.database, trail.key, None)
    assert all(verdict.whole for verdict in whole)
    assert (station.chain, station.source, station.seq, station.why) == (
        "station", "SNCF-01", 3, "altered",
    )  # fmt: skip


async def test_a_profile_made_again_begins_another_chain_and_the_hub_says_so(trail: Trail) -> None:
    await merge(trail, WHO, "jop-2024", station_lines(3))
    assert await merge(trail, WHO, "jop-2024", station_lines(2, first="unlock")) == 2
    actions = [row[0] for row in await kept(trail)]
    assert actions == ["login", "read", "read", "station.restarted", "unlock", "read"]
    assert not [row for row in await kept(trail) if row[3]]


async def test_a_chain_is_known_by_its_first_line(trail: Trail) -> None:
    old, new = station_lines(9), station_lines(4, first="unlock")
    await merge(trail, WHO, "jop-2024", old, old[0].hash)
    async with trail.database.read() as session:
        assert await known_until(session, "d1", "jop-2024", new[0].hash) == 0
    assert await merge(trail, WHO, "jop-2024", new[:2], new[0].hash) == 2
    assert await merge(trail, WHO, "jop-2024", new[2:], new[0].hash) == 4
    async with trail.database.read() as session:
        assert await known_until(session, "d1", "jop-2024", new[0].hash) == 4
        assert await known_until(session, "d1", "jop-2024", old[0].hash) == 9
    assert not [row for row in await kept(trail) if row[3]]


async def test_profiles_of_one_station_do_not_mix(trail: Trail) -> None:
    assert await merge(trail, WHO, "jop-2024", station_lines(3)) == 3
    assert await merge(trail, WHO, "exercice", station_lines(2)) == 2
    assert not [row for row in await kept(trail) if row[3]]


def test_lines_that_no_station_writes_are_not_acceptable() -> None:
    line = station_lines(1)[0]
    assert acceptable([line])
    for wrong in (
        {"seq": 0}, {"seq": 2**60}, {"at": -1}, {"hash": "zz"}, {"hash": "G" * 64},
        {"hash": "Ａ" * 64},
    ):  # fmt: skip
        assert not acceptable([msgspec.structs.replace(line, **wrong)])
    assert not acceptable([line] * 1001)


async def test_what_a_station_says_at_length_is_cut_and_its_chain_still_followed(
    trail: Trail,
) -> None:
    parts = (1, 1001, "m" * 5000, "p", "s", "read", "o" * 5000, '{"asked":"' + "x" * 90_000 + '"}')
    first = _line(parts, chain.link(chain.GENESIS, parts))
    then = (2, 1002, "m.leroy", "p", "s", "read", "e2", "{}")
    second = _line(then, chain.link(bytes.fromhex(first.hash), then))
    assert await merge(trail, WHO, "jop-2024", [first, second]) == 2
    async with trail.database.read() as session:
        rows = await session.rows("SELECT account, object, detail, flaw FROM trail ORDER BY seq")
    assert [row[3] for row in rows] == ["", ""]
    assert max(len(str(part)) for row in rows for part in row) <= 1_100
    assert "cut" in msgspec.json.decode(rows[0][2])
    assert (await verify(trail.database, trail.key, None))[0].whole
