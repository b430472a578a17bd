"""Streams: whole messages as they come, of a TCP peer, of datagrams, of a WebSocket."""

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from beffroi.plugin import Call, Door, Fetched, Unreachable
from beffroi.plugin.chunks import by_events, by_lines, checked, cut_for
from beffroi.sources.gathering import gathered, opened
from beffroi.sources.transports import transport_of
from tests.plugins.transports.conftest import call, heard


def _free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_tcp_peer_is_called_and_told_what_to_say():
    async def story() -> tuple[list[Fetched], bytes]:
        said = list[bytes]()

        async def peer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            said.append(await reader.readline())
            for part in (b"!AIVDM,1\r\n!AIV", b"DM,2\r\n", b"!AIVDM,3"):
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0.01)
            writer.close()

        async with await asyncio.start_server(peer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            got = list[Fetched]()
            with pytest.raises(Unreachable, match="raccroché"):
                await _into(got, call(f"tcp://127.0.0.1:{port}", say="bonjour"))
            return got, said[0]

    got, said = asyncio.run(story())
    assert b"".join(one.data for one in got) == b"!AIVDM,1\r\n!AIVDM,2\r\n!AIVDM,3"
    assert all(one.data.endswith(b"\n") for one in got[:-1])
    assert said == b"bonjour\n"


async def _into(got: list[Fetched], asked: Call) -> None:
    async with opened(transport_of("tcp"), asked) as deliveries:
        async for one in deliveries:
            got.append(one)  # noqa: PERF401 - what came before it ended must not be lost


def test_others_may_call_us_several_at_once():
    async def story() -> list[Fetched]:
        port = _free_port()
        waiting = asyncio.create_task(heard("tcp", call(f"tcp://127.0.0.1:{port}?listen"), most=2))
        for name in (b"a", b"b"):
            await _sent(port, b"<event uid='" + name + b"'></event>")
        return await asyncio.wait_for(waiting, 5)

    assert {one.data[12:13] for one in asyncio.run(story())} == {b"a", b"b"}


async def _sent(port: int, data: bytes) -> None:
    for _try in range(200):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
            continue
        writer.write(data)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        return


@pytest.mark.parametrize(
    "address",
    ["tcp://0.0.0.0:{}?listen", "tcp://[::]:{}?listen", "tcp://machine.example:{}?listen", "udp://0.0.0.0:{}"],
)  # fmt: skip
def test_other_machines_may_not_call_unless_it_is_allowed(address: str):
    asked = call(address.format(_free_port()))
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        asyncio.run(asyncio.wait_for(heard(address[:3], asked, most=1), 5))


def test_datagrams_are_deliveries():
    async def story() -> list[Fetched]:
        port = _free_port(socket.SOCK_DGRAM)
        waiting = asyncio.create_task(heard("udp", call(f"udp://127.0.0.1:{port}"), most=1))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            while not waiting.done():
                peer.sendto(b"$GPRMC,1", ("127.0.0.1", port))
                await asyncio.sleep(0.01)
        return waiting.result()

    assert asyncio.run(story())[0].data == b"$GPRMC,1"


@pytest.mark.parametrize(
    ("transport", "address"),
    [
        ("tcp", "tcp://sans-port"),
        ("udp", "udp://nom:1"),
        ("udp", "udp://1.2.3.4"),
        ("websocket", "http://a"),
        ("tcp", "tcp://a:999999"),
    ],
)
def test_an_address_that_is_none_is_said(transport: str, address: str):
    with pytest.raises(Unreachable, match="adresse"):
        asyncio.run(heard(transport, call(address)))


def test_a_private_peer_is_not_called_without_permission():
    for transport, address in (("tcp", "tcp://127.0.0.1:9"), ("websocket", "ws://localhost:9")):
        with pytest.raises(Unreachable, match="administrateur"):
            asyncio.run(heard(transport, call(address, door=Door())))


def test_a_websocket_is_told_its_subscription_and_heard():
    async def story() -> list[Fetched]:
        async def peer(link: ServerConnection) -> None:
            wanted = await link.recv()
            await link.send(f'{{"of": "{wanted}"}}')
            await link.send(b"\x01")

        async with serve(peer, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            return await heard(
                "websocket", call(f"ws://127.0.0.1:{port}/flux", say="trafic"), most=2
            )

    assert [one.data for one in asyncio.run(story())] == [b'{"of": "trafic"}', b"\x01"]


@pytest.mark.parametrize(
    "there", ["ws://169.254.169.254/", "ws://localhost:1/", "wss://autre.example/"]
)
def test_a_websocket_that_leads_elsewhere_is_not_followed(there: str):
    async def story() -> None:
        def away(_link: ServerConnection, _request: Request) -> Response:
            return Response(302, "Found", Headers({"Location": there}), b"")

        async with serve(lambda _link: None, "127.0.0.1", 0, process_request=away) as server:  # type: ignore[arg-type, return-value]
            port = next(iter(server.sockets)).getsockname()[1]
            await heard("websocket", call(f"ws://127.0.0.1:{port}/", secret="clef"))

    with pytest.raises(Unreachable, match="renvoie ailleurs"):
        asyncio.run(story())


@pytest.mark.parametrize(
    ("transport", "address"),
    [("websocket", "wss://h:99999/"), ("websocket", "wss://h:0/"), ("websocket", "wss://[::1"),
     ("tcp", "tcp://h:x"), ("tcp", "tcp://[::1"), ("udp", "udp://[::1"), ("imap", "imaps://a@h:99999/"), ("imap", "imaps://a@[::1"),
     ("http", "https://h:99999/"), ("http", "https://[::1")],
)  # fmt: skip
def test_what_cannot_be_an_address_is_said(transport: str, address: str):
    with pytest.raises(Unreachable, match=r"adresse"):
        asyncio.run(heard(transport, call(address)))


def test_a_stream_is_cut_into_moments_and_its_end_is_told():
    async def messages():
        for number in range(3):
            yield Fetched(data=str(number).encode())
        raise Unreachable("fini")

    async def story() -> None:
        async for batch in gathered(messages(), 5.0):
            found.append([one.data for one in batch])

    found = list[list[bytes]]()
    with pytest.raises(Unreachable, match="fini"):
        asyncio.run(story())
    assert found == [[b"0", b"1", b"2"]]


@given(
    st.lists(st.binary(max_size=20).filter(lambda told: b"\n" not in told), max_size=8), st.data()
)
def test_nothing_is_lost_or_cut_however_a_stream_arrives(lines: list[bytes], data: st.DataObject):
    whole = b"".join(line + b"\n" for line in lines)
    pending, got = b"", list[bytes]()
    while whole:
        size = data.draw(st.integers(1, len(whole)))
        ready, pending = by_lines(pending + whole[:size])
        whole = whole[size:]
        got += [ready] if ready else []
    assert pending == b""
    assert all(part.endswith(b"\n") for part in got)
    assert b"".join(got) == b"".join(line + b"\n" for line in lines)


def test_events_are_cut_after_their_end_and_an_endless_one_is_refused():
    assert by_events(b"<event/></event><event>") == (b"<event/></event>", b"<event>")
    assert cut_for("", b"<?xml version='1.0'?><event>") is by_events
    with pytest.raises(Unreachable, match="sans fin"):
        checked(bytes(5_000_000))
