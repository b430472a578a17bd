"""The trail over HTTP: everything for the security officer, nothing for anybody else."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import msgspec
import pytest

from beffroi.access.trace import TracePage, Verdict
from beffroi.journal.chain import ChainBreak
from hub.audit import routes as audit
from hub.trail import Actor, Trail
from tests.hub.officer import Doorkeeper, by, caller, client, trouble
from tests.hub.trail.test_stations import station_lines

LEROY = Actor(account="m.leroy", post="OL-SNCF", station="SNCF-01")
OTHERS = ("technical_admin", "functional_admin", "room_chief", "dpo", "authority")


class WholeLedger:
    async def verify(self) -> ChainBreak | None:
        return None


@dataclass
class Parts:
    trail: Trail
    people: Doorkeeper
    ledger: WholeLedger


@pytest.fixture
async def hub(trail: Trail) -> Parts:
    people = Doorkeeper()
    people.let_in(caller("rssi", "security"), *(caller(role, role) for role in OTHERS))
    return Parts(trail, people, WholeLedger())


@pytest.fixture
async def http(hub: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with client(audit.router(hub)) as opened:
        yield opened


async def acts(trail: Trail) -> list[tuple[object, ...]]:
    async with trail.database.read() as session:
        return await session.rows("SELECT account, action FROM trail ORDER BY seq")


async def page(http: httpx.AsyncClient, **asked: object) -> TracePage:
    answer = await http.get("/audit", params=asked, headers=by("rssi"))
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=TracePage)


async def test_for_anybody_else_it_does_not_exist_and_the_try_is_traced(
    http: httpx.AsyncClient, hub: Parts
) -> None:
    ways = (("GET", "/audit"), ("POST", "/audit/verify"), ("GET", "/audit/export?format=cef"))
    for role in OTHERS:
        for method, path in ways:
            answer = await http.request(method, path, headers=by(role))
            assert (answer.status_code, trouble(answer).code) == (404, "not_found")
    assert await acts(hub.trail) == [(role, "audit.refused") for role in OTHERS for _way in ways]


async def test_without_a_session_nobody_is_let_in(http: httpx.AsyncClient, hub: Parts) -> None:
    assert (await http.get("/audit")).status_code == 401
    assert await acts(hub.trail) == []


async def test_who_read_what_before_when_from_where(
    http: httpx.AsyncClient, hub: Parts, clock
) -> None:
    await hub.trail.record(LEROY, "entry.read", "ps-80")
    clock.forward(60)
    limit = clock.now()
    await hub.trail.record(LEROY, "entry.read", "ps-80")
    await hub.trail.record(LEROY, "export", "ps-80.pdf", text="100%_Été")
    found = await page(http, object="ps-80", until=limit)
    assert [(t.account, t.station, t.at < limit) for t in found.traces] == [
        ("m.leroy", "SNCF-01", True)
    ]
    assert [t.action for t in (await page(http, family="takes")).traces] == ["export"]
    for text, found_some in (("100%_ LEROY", True), ("100_", False), ("leroy %%", False)):
        told = (await page(http, text=text, account="m.leroy")).traces
        assert [t.action for t in told] == (["export"] if found_some else []), text
    assert [
        t.action
        for t in (await page(http, station="sncf", action="exp*", account="m.leroy")).traces
    ] == ["export"]
    assert ("rssi", "audit.read") in await acts(hub.trail)


async def test_pages_follow_without_hole_or_double(http: httpx.AsyncClient, hub: Parts) -> None:
    lines = [("read", str(number)) for number in range(450)]
    for action, obj in lines:
        hub.trail.note(LEROY, action, obj)
    await hub.trail.flush()
    seen, after = [], {}
    while True:
        found = await page(http, account="m.leroy", **after)
        seen += found.traces
        if not found.more:
            break
        after = {"after": ",".join(map(str, found.traces[-1].place))}
    assert sorted(int(t.object) for t in seen) == list(range(450))


async def test_changes_stand_beside_accesses_and_never_say_what_was_written(
    http: httpx.AsyncClient, hub: Parts
) -> None:
    async with hub.trail.database.write() as session:
        await session.run(
            "INSERT INTO operation (seq, op_id, kind, entity, workspace, made_at, author, payload, "
            "prev_hash, hash) VALUES (1, 'o', 'entry.publish', 'e1', 'jop-2024', ?, 'm.leroy', ?, "
            "?, ?)",
            hub.trail.clock.now() + 5, b'{"text":"secret"}', b"", b"\x01",
        )  # fmt: skip
    answer = await http.get("/audit", params={"family": "changes"}, headers=by("rssi"))
    assert "secret" not in answer.text
    (change,) = msgspec.json.decode(answer.content, type=TracePage).traces
    assert (change.chain, change.action, change.object, change.hash) == (
        "journal", "entry.publish", "e1", "01",
    )  # fmt: skip


async def test_an_export_is_traced_before_it_is_made_and_contains_its_own_line(
    http: httpx.AsyncClient, hub: Parts
) -> None:
    for number in range(1200):
        hub.trail.note(LEROY, "read", str(number))
    await hub.trail.flush()
    cef = await http.get("/audit/export?format=cef", headers=by("rssi"))
    assert cef.status_code == 200
    lines = cef.text.splitlines()
    assert len(lines) == 1201
    assert "|audit.export|" in lines[-1]
    told = (await http.get("/audit/export?format=json", headers=by("rssi"))).json()
    assert (told["made_by"], len(told["traces"])) == ("rssi", 1202)
    filtered = await http.get("/audit/export?format=json&account=x", headers=by("rssi"))
    assert filtered.json()["traces"] == []


async def test_the_verdict_names_what_is_broken_and_is_traced(
    http: httpx.AsyncClient, hub: Parts
) -> None:
    answer = await http.post("/audit/verify", headers=by("rssi"))
    verdicts = msgspec.json.decode(answer.content, type=list[Verdict])
    assert [(verdict.chain, verdict.whole) for verdict in verdicts] == [
        ("audit", True), ("journal", True), ("seals", True),
    ]  # fmt: skip
    async with hub.trail.database.read() as session:
        rows = await session.rows("SELECT action, detail FROM trail")
    assert [(action, json.loads(detail)) for action, detail in rows] == [
        ("audit.verified", {"broken": [], "whole": True})
    ]


NONSENSE = (
    {"since": "hier"}, {"until": "-1"}, {"since": "9" * 40}, {"family": "x"}, {"chain": "x"},
    {"after": "1,2"}, {"after": "a,audit,1"}, {"text": "x" * 201}, {"account": "a\x00"},
    {"after": "1,audit,²"}, {"post": "\u2028"},
)  # fmt: skip


async def test_questions_that_mean_nothing_are_refused(http: httpx.AsyncClient) -> None:
    for asked in NONSENSE:
        answer = await http.get("/audit", params=asked, headers=by("rssi"))
        assert (answer.status_code, trouble(answer).code) == (400, "malformed"), asked


async def test_a_station_hands_in_its_own_trail(http: httpx.AsyncClient, hub: Parts) -> None:
    lines = station_lines(5)
    where = {"workspace": "jop-2024"}
    for sent, after in ((lines[:3], 3), (lines, 5)):
        answer = await http.post(
            "/sync/trail", params=where, content=msgspec.json.encode(sent), headers=by("dpo")
        )
        assert answer.json() == {"after": after}
    known = await http.get("/sync/trail", params=where, headers=by("dpo"))
    assert known.json() == {"after": 5}
    merged = await page(http, account="m.leroy")
    assert {(t.device, t.source, t.source_seq) for t in merged.traces} == {
        ("d1", "d1/jop-2024/0001", n) for n in range(1, 6)
    }
    for body in (b"{}", b"[{}]", b"\xff", b"[" * 100_000):
        refused = await http.post("/sync/trail", params=where, content=body, headers=by("dpo"))
        assert refused.status_code == 400
    for first in ("zz", lines[0].hash.upper(), "x" * 64):
        refused = await http.get("/sync/trail", params={**where, "first": first}, headers=by("dpo"))
        assert refused.status_code == 400
    for workspace in ("", "../x", "a" * 65):
        refused = await http.get("/sync/trail", params={"workspace": workspace}, headers=by("dpo"))
        assert refused.status_code == 400
