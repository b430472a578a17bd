"""Pull gives what someone may see, by pages, and says nothing of the rest."""

import time

import httpx
import pytest

from beffroi.sync import wire
from tests.hub.sync.kit import WS, ListedLedger, client, op


async def pull(http: httpx.AsyncClient, limit: int = 1000, **cursors: int) -> wire.PullReply:
    asked = wire.Pull(workspace=WS, cursors=cursors, limit=limit)
    answer = await http.post("/sync/pull", content=wire.encode(asked))
    assert answer.status_code == 200, answer.text
    return wire.decoder(wire.PullReply).decode(answer.content)


DR, MEDICAL = f"{WS}/DR", f"{WS}/DR_SF/MEDICAL"


async def test_a_desktop_gets_what_came_after_its_cursors(
    address: str, ledger: ListedLedger
) -> None:
    for n in range(5):
        ledger.put(op(n))
    async with client(address, "m.durand") as http:
        page = await pull(http, **{DR: 2})
    assert [record.seq for record in page.records] == [3, 4, 5]
    assert page.cursors == {DR: 5}
    assert page.head == 5


async def test_pages_follow_one_another_without_a_gap(address: str, ledger: ListedLedger) -> None:
    for n in range(25):
        ledger.put(op(n, "DR" if n % 2 else "NP"))
    seqs: list[int] = []
    cursors = {DR: 0, f"{WS}/NP": 0}
    async with client(address, "m.durand") as http:
        more = True
        while more:
            page = await pull(http, limit=4, **cursors)
            seqs += [record.seq for record in page.records]
            cursors, more = page.cursors, page.more
    assert seqs == list(range(1, 26))


async def test_what_lies_outside_a_scope_is_not_there(address: str, ledger: ListedLedger) -> None:
    ledger.put(op(1))
    ledger.put(op(2, "DR_SF", "MEDICAL"))
    asked = {DR: 0, MEDICAL: 0, "autre/DR": 0}
    async with client(address, "m.durand") as http:
        page = await pull(http, **asked)
    assert [record.bucket for record in page.records] == [DR]
    assert page.buckets == [DR]
    assert page.cursors == {DR: 2}
    async with client(address, "medecin") as http:
        assert (await pull(http, **asked)).buckets == [DR, MEDICAL]


async def test_a_bucket_that_opened_is_named_without_its_records(
    address: str, ledger: ListedLedger
) -> None:
    ledger.put(op(1))
    ledger.put(op(2, "DR_SF", "MEDICAL"))
    async with client(address, "medecin") as http:
        page = await pull(http, **{DR: 2})
    assert page.records == []
    assert page.buckets == [DR, MEDICAL]


@pytest.mark.parametrize("workspace", ["autre", "nulle-part", "../..", "*", ""])
async def test_no_right_and_no_workspace_are_one_answer(address: str, workspace: str) -> None:
    asked = wire.Pull(workspace=workspace, cursors={})
    async with client(address, "m.durand") as http:
        answer = await http.post("/sync/pull", content=wire.encode(asked))
        other = await http.get("/sync/state", params={"bucket": f"{workspace}/DR"})
        missing = await http.get("/n-existe-pas")
    assert answer.status_code == other.status_code == missing.status_code == 404
    assert answer.content == other.content == missing.content


async def test_nobody_gets_nothing(address: str) -> None:
    async with client(address, "inconnu") as http:
        answer = await http.post("/sync/pull", content=b"{}")
    assert answer.status_code == 401
    assert answer.json()["code"] == "session"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"workspace":"jop-2024","cursors":{"jop-2024/DR":' + b"[" * 100_000,
        b'{"workspace":5,"cursors":{}}',
    ],
)
async def test_a_hostile_message_is_refused_in_one_sentence(address: str, body: bytes) -> None:
    async with client(address, "m.durand") as http:
        answer = await http.post("/sync/pull", content=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


async def test_a_message_that_is_too_big_is_refused_before_it_is_read(address: str) -> None:
    async with client(address, "m.durand") as http:
        answer = await http.post("/sync/pull", content=b" " * 300_000)
    assert answer.status_code == 413


async def test_odd_cursors_and_limits_are_brought_into_bounds(
    address: str, ledger: ListedLedger
) -> None:
    ledger.put(op(1))
    async with client(address, "m.durand") as http:
        assert len((await pull(http, limit=-5, **{DR: -9})).records) == 1
        assert (await pull(http, limit=10**9, **{DR: 10**15})).cursors == {DR: 1}


async def test_pages_are_packed_for_who_accepts_it(address: str, ledger: ListedLedger) -> None:
    for n in range(200):
        ledger.put(op(n))
    asked = wire.encode(wire.Pull(workspace=WS, cursors={DR: 0}))
    async with client(address, "m.durand") as http:
        plain = await http.post("/sync/pull", content=asked, headers={"accept-encoding": "gzip"})
        packed = await http.post("/sync/pull", content=asked, headers={"accept-encoding": "zstd"})
    assert packed.headers["content-encoding"] == "zstd"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 5
    assert packed.content == plain.content


async def test_every_reply_says_what_time_it_is_at_the_hub(address: str) -> None:
    async with client(address, "inconnu") as http:
        answer = await http.get("/sync/state")
    assert abs(int(answer.headers[wire.TIME_HEADER]) - time.time() * 1000) < 10_000
