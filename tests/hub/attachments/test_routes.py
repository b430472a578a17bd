"""An attachment goes up across cuts, and exists for those who see an entry that names it."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from hub.core import Hub
from tests.hub.sync.kit import WS, ListedLedger, client

DATA = os.urandom(9_000_000)
DIGEST = sha256(DATA).hexdigest()
PATH = f"/attachments/{DIGEST}"


def at(offset: int, length: int = len(DATA)) -> dict[str, str]:
    return {"upload-offset": str(offset), "upload-length": str(length)}


async def send(address: str, account: str, data: bytes = DATA) -> str:
    digest = sha256(data).hexdigest()
    async with client(address, account) as http:
        answer = await http.patch(f"/attachments/{digest}", content=data, headers=at(0, len(data)))
    assert answer.status_code == 204, answer.text
    assert answer.headers["upload-offset"] == str(len(data))
    return digest


async def test_an_attachment_goes_up_and_comes_down(address: str, hub: Hub) -> None:
    await send(address, "m.durand")
    async with client(address, "m.durand") as http:
        head = await http.head(PATH)
        whole = await http.get(PATH)
        part = await http.get(PATH, headers={"range": "bytes=8999990-"})
    assert head.headers["upload-offset"] == head.headers["upload-length"] == str(len(DATA))
    assert whole.content == DATA
    assert (part.status_code, part.content) == (206, DATA[-10:])
    assert ("m.durand", "attachment.sent", DIGEST) in hub.trail.lines
    assert ("m.durand", "attachment.read", DIGEST) in hub.trail.lines


async def test_a_cut_keeps_what_came(address: str) -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield DATA[:5_000_000]
        await asyncio.sleep(0.2)
        message = "the link drops"
        raise ConnectionError(message)

    async with client(address, "m.durand") as http:
        with pytest.raises(ConnectionError):
            await http.patch(PATH, content=cut(), headers=at(0))
        async with asyncio.timeout(5):
            while (head := await http.head(PATH)).status_code == 404:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        reached = int(head.headers["upload-offset"])
        assert 4_000_000 <= reached <= 5_000_000
        await asyncio.sleep(0.3)
        reached = int((await http.head(PATH)).headers["upload-offset"])
        answer = await http.patch(PATH, content=DATA[reached:], headers=at(reached))
        assert answer.status_code == 204
        assert (await http.get(PATH)).content == DATA


async def test_bytes_for_elsewhere_are_told_where_to_go_on(address: str) -> None:
    async with client(address, "m.durand") as http:
        await http.patch(PATH, content=DATA[:100], headers=at(0))
        answer = await http.patch(PATH, content=b"x", headers=at(50))
    assert answer.status_code == 409
    assert answer.headers["upload-offset"] == "100"


async def test_a_content_that_is_not_what_it_says_is_dropped(address: str) -> None:
    async with client(address, "m.durand") as http:
        answer = await http.patch(PATH, content=b"x" * len(DATA), headers=at(0))
        assert answer.status_code == 422
        assert (await http.head(PATH)).status_code == 404


@pytest.mark.parametrize("account", ["invite", "medecin", "ailleurs"])
async def test_what_no_visible_entry_names_does_not_exist(
    address: str, ledger: ListedLedger, account: str
) -> None:
    await send(address, "m.durand")
    ledger.attachments[DIGEST] = {f"{WS}/DR_SF/ENQUETE"}
    never = f"/attachments/{sha256(b'never').hexdigest()}"
    async with client(address, account) as http:
        http.headers["accept-encoding"] = "identity"
        for method in ("GET", "HEAD"):
            hidden, absent = [await http.request(method, path) for path in (PATH, never)]
            assert hidden.status_code == absent.status_code == 404
            assert hidden.content == absent.content
            assert set(hidden.headers) == set(absent.headers)


async def test_an_entry_that_names_it_shows_it(address: str, ledger: ListedLedger) -> None:
    digest = await send(address, "medecin", b"radio du thorax")
    ledger.attachments[digest] = {f"{WS}/DR_SF/MEDICAL", f"{WS}/DR"}
    async with client(address, "m.durand") as http:
        assert (await http.get(f"/attachments/{digest}")).content == b"radio du thorax"


async def test_holding_it_already_is_not_learnt_by_sending_it(
    address: str, ledger: ListedLedger
) -> None:
    digest = await send(address, "m.durand", b"secret")
    async with client(address, "medecin") as http:
        path = f"/attachments/{digest}"
        first = await http.patch(path, content=b"sec", headers=at(0, 6))
        assert first.headers["upload-offset"] == "3"
        await http.patch(path, content=b"ret", headers=at(3, 6))
        assert (await http.get(path)).content == b"secret"


async def test_a_content_damaged_on_the_disk_is_said_to_be_so(
    address: str, hub: Hub, tmp_path: Path
) -> None:
    digest = await send(address, "m.durand", b"abcdef")
    kept = next(p for p in (tmp_path / "attachments/blobs").rglob("*") if p.is_file())
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    async with client(address, "m.durand") as http:
        answer = await http.get(f"/attachments/{digest}")
    assert (answer.status_code, answer.json()["code"]) == (500, "damaged")


async def test_who_may_not_write_sends_nothing(address: str) -> None:
    async with client(address, "sans-droit") as http:
        answer = await http.patch(PATH, content=b"x", headers=at(0))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"upload-offset": "-1", "upload-length": "5"}, 400),
        ({"upload-offset": "9" * 40, "upload-length": "5"}, 400),
        (at(0, 0), 413),
        (at(0, 10**9), 413),
        (at(0, 2), 400),
    ],
)
async def test_odd_sizes_are_refused(address: str, headers: dict[str, str], status: int) -> None:
    async with client(address, "m.durand") as http:
        answer = await http.patch(PATH, content=b"xyz", headers=headers)
    assert answer.status_code == status


async def ranged(address: str, text: str) -> httpx.Response:
    async with client(address, "m.durand") as http:
        return await http.get(
            f"/attachments/{sha256(b'abcdef').hexdigest()}", headers={"range": text}
        )


async def test_ranges_are_given_when_they_make_sense(address: str) -> None:
    await send(address, "m.durand", b"abcdef")
    assert (await ranged(address, "bytes=1-3")).content == b"bcd"
    assert (await ranged(address, "bytes=4-99")).content == b"ef"
    assert (await ranged(address, "bytes=6-")).status_code == 416
    assert (await ranged(address, "bytes=0-1,3-4")).content == b"abcdef"
    assert (await ranged(address, "lignes=1-2")).content == b"abcdef"


async def test_a_full_disk_is_said_and_what_came_before_is_kept(
    address: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with client(address, "m.durand") as http:
        await http.patch(PATH, content=DATA[:100], headers=at(0))

        def full(*_told: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patched:
            patched.setattr(hub.blobs, "put_part", full)
            answer = await http.patch(PATH, content=DATA[100:], headers=at(100))
        assert (answer.status_code, answer.json()["code"]) == (507, "full")
        assert (await http.head(PATH)).headers["upload-offset"] == "100"
        await http.patch(PATH, content=DATA[100:], headers=at(100))
        assert (await http.get(PATH)).content == DATA
