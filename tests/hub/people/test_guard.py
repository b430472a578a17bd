"""The guard before every route: proxies, crowds, slow and oversized senders."""

import asyncio
import contextlib
import hashlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from beffroi.sync import wire
from hub.http import guard, peer
from hub.http.peer import PEER, PeerProtocol
from hub.http.rates import Rates
from hub.settings import Settings
from tests.hub.people.house import House, opened, trouble

SECRET = "le secret du mandataire"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        yield house


@pytest.fixture
async def proxied(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path, Settings(data=tmp_path / "hub", proxy_secret=SECRET)) as house:
        yield house


def test_a_source_may_burst_then_waits() -> None:
    now = [0.0]
    rates = Rates(10, 3, lambda: now[0])
    assert [rates.wait_s("a") for _n in range(4)] == [0, 0, 0, 0.1]
    assert rates.wait_s("b") == 0
    now[0] += 0.1
    assert rates.wait_s("a") == 0


async def test_a_stranger_who_asks_too_often_is_told_to_wait(house: House) -> None:
    async with house.client() as client:
        answers = [await client.get("/hello") for _n in range(guard.STRANGERS[1] + 30)]
    slowed = [answer for answer in answers if answer.status_code == 429]
    assert slowed
    assert trouble(slowed[0]) == (429, "busy")
    assert int(slowed[0].headers["retry-after"]) >= 1
    assert answers[0].status_code == 200


async def test_a_proxy_that_proves_itself_says_who_comes(proxied: House, tmp_path: Path) -> None:
    own, _enrolled = await enrolled_through(proxied)
    certificate = own.read_text().partition("-----BEGIN CERTIFICATE-----")
    pem = certificate[1] + certificate[2]
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    await proxied.person("c.durand")
    login = wire.encode(wire.Login(account="c.durand", secret="une phrase assez longue"))
    async with httpx.AsyncClient(base_url=f"{proxied.url}{wire.API}") as client:
        for said in (digest, digest.upper(), quote(pem)):
            headers = {"beffroi-proxy": SECRET, "beffroi-peer": said, "x-forwarded-for": "1.2.3.4, 10.0.0.7"}  # fmt: skip
            answer = await client.post("/session", content=login, headers=headers)
            assert answer.status_code == 201, answer.text
        forged = {"beffroi-proxy": "un autre secret", "beffroi-peer": digest}
        assert trouble(await client.post("/session", content=login, headers=forged)) == (
            403,
            "proxy",
        )
        bare = {"beffroi-proxy": SECRET}
        assert trouble(await client.post("/session", content=login, headers=bare)) == (
            403,
            "device",
        )
    (session, *_others) = await proxied.hub.people.sessions.living()
    assert session.address == "10.0.0.7"


async def enrolled_through(house: House) -> tuple[Path, wire.Enrolled]:
    from hub.keys.authority import key_pem, new_key
    from tests.hub.people.house import request_of

    key = new_key()
    told = wire.Enrol(code=house.welcome.code, station="Poste", request=request_of(key))
    async with httpx.AsyncClient(base_url=f"{house.url}{wire.API}") as client:
        answer = await client.post("/enrol", content=wire.encode(told), headers={"beffroi-proxy": SECRET})  # fmt: skip
    enrolled = wire.decoder(wire.Enrolled).decode(answer.content)
    own = house.folder / "proxied.pem"
    own.write_bytes(key_pem(key) + enrolled.certificate.encode())
    return own, enrolled


async def test_without_proxy_nobody_says_who_they_are(house: House) -> None:
    device, _pem = await house.hub.people.devices.enrol(
        house.welcome.code, "x", request_text(), house.hub.keys.authority
    )
    headers = {"beffroi-peer": device.fingerprint, "beffroi-proxy": ""}
    login = wire.encode(wire.Login(account="c.durand", secret="une phrase assez longue"))
    async with house.client() as client:
        assert trouble(await client.post("/session", content=login, headers=headers)) == (403, "device")  # fmt: skip


def request_text() -> str:
    from hub.keys.authority import new_key
    from tests.hub.people.house import request_of

    return request_of(new_key())


@pytest.mark.parametrize("path", ["/sessions/%00", "/hello?x=%00", "/%00", "/workspaces/%00/keys"])
async def test_an_address_with_a_nul_is_nowhere(house: House, path: str) -> None:
    async with house.client() as client:
        assert trouble(await client.get(path)) == (404, "not_found")


@pytest.mark.parametrize("said", ["", "abc", "-----BEGIN CERTIFICATE-----", "%00", "é" * 64])
def test_what_is_no_certificate_is_nobody(said: str) -> None:
    assert guard.peer_said(said) == ""


async def raw(house: House, *pieces: bytes, within: float = 5.0) -> bytes:
    """What the hub answers to these bytes over TLS."""
    port = int(house.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("localhost", port, ssl=house.trust)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await asyncio.wait_for(reader.read(4000), within)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "head",
    [b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",
     b"GET / HTTP/1.1\r\n" + b"x: " + b"y" * 40_000 + b"\r\n\r\n",
     b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 9_000 + b"\r\n"],
    ids=["address", "header", "headers"],
)  # fmt: skip
async def test_a_head_that_is_too_big_is_cut_off(house: House, head: bytes) -> None:
    assert (await raw(house, head)).startswith(b"HTTP/1.1 400")


async def test_a_head_that_never_ends_is_cut_off(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.http.peer.HEAD_WITHIN_S", 0.3)
    assert await raw(house, b"GET / HTTP/1.1\r\nhost: x\r\n") == b""
    assert await raw(house) == b""


async def test_a_body_that_never_ends_is_cut_off(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "BODY_WITHIN_S", 0.3)
    head = b"POST /api/v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"
    assert (await raw(house, head)).startswith(b"HTTP/1.1 400")


async def test_the_certificate_reaches_the_scope_of_every_request_of_a_connection(
    house: House,
) -> None:
    own, _enrolled = await house.enrol()
    seen: list[str] = []
    before = PeerProtocol.on_headers_complete

    def noted(protocol: PeerProtocol) -> None:
        seen.append(protocol.scope[PEER])  # type: ignore[literal-required]
        before(protocol)

    PeerProtocol.on_headers_complete = noted  # type: ignore[method-assign]
    try:
        async with house.client(own) as client:
            for _n in range(3):
                await client.get("/hello")
    finally:
        PeerProtocol.on_headers_complete = before  # type: ignore[method-assign]
    (device,) = await house.hub.people.devices.all()
    assert seen == [device.fingerprint] * 3


@pytest.mark.parametrize("name", ["beffroi-peer", "beffroi-proxy"])
async def test_a_header_of_the_proxy_that_comes_twice_is_nobodys(proxied: House, name: str) -> None:
    own = [("beffroi-proxy", SECRET), ("beffroi-peer", "a" * 64)]
    async with httpx.AsyncClient(base_url=proxied.url) as client:
        once = await client.get("/api/v1/hello", headers=own)
        twice = await client.get("/api/v1/hello", headers=[*own, (name, dict(own)[name])])
    assert once.status_code == 200
    assert trouble(twice) == (403, "proxy")


async def test_strangers_do_not_hold_the_places_that_stations_need(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer, "MOST_STRANGERS", 5)
    own, _enrolled = await house.enrol()
    port = int(house.url.rpartition(":")[2])
    held = [await asyncio.open_connection("localhost", port, ssl=house.trust) for _n in range(5)]
    reader, _writer = await asyncio.open_connection("localhost", port, ssl=house.trust)
    with contextlib.suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(), 5) == b""
    async with house.client(own) as station:
        assert (await station.get("/hello")).status_code == 200
    for _reader, writer in held:
        writer.close()
        await writer.wait_closed()
    async with house.client() as stranger:
        await until_answered(stranger)


async def until_answered(client: httpx.AsyncClient) -> None:
    for _try in range(50):
        with contextlib.suppress(httpx.HTTPError):
            assert (await client.get("/hello")).status_code == 200
            return
        await asyncio.sleep(0.05)
    pytest.fail("the places are not given back")
