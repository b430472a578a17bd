"""The world that a hundred sources are asked of: honest servers, and every way to be a bad one.

Run in a process of its own, so that what it costs is not counted: `World.start()` gives the ports.
"""

import asyncio
import datetime as dt
import gzip
import json
import multiprocessing as mp
import random
import socket
import ssl
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.asyncio.server import ServerConnection, serve

HEAD = "HTTP/1.1 {code} X\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{more}Connection: close\r\n\r\n"
AIS = "!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"
Writer = asyncio.StreamWriter


@dataclass(frozen=True)
class Ports:
    """Where the world is."""

    web: int
    tls: int
    tcp: int
    socket: int


def collection(seed: int, things: int, tick: int) -> bytes:
    """Points that move a little with each tick, as GeoJSON."""
    dice = random.Random(seed)
    features = [
        {
            "type": "Feature", "id": f"{seed}-{n}",
            "geometry": {"type": "Point", "coordinates": [
                round(dice.uniform(-4, 7) + tick * 1e-4 * (n % 10 == 0), 5), round(dice.uniform(43, 50), 5)]},
            "properties": {"nom": f"Point {n}", "niveau": (n * 7 + tick * (n % 10 == 0)) % 5},
        }
        for n in range(things)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def table(seed: int, things: int, tick: int) -> bytes:
    """The same as a French CSV."""
    dice = random.Random(seed)
    rows = [f"{seed}-{n};Site {n};{dice.uniform(-4, 7):.5f};{dice.uniform(43, 50):.5f};{tick}".replace(".", ",")
            for n in range(things)]  # fmt: skip
    return ("id;nom;longitude;latitude;valeur\r\n" + "\r\n".join(rows)).encode("cp1252")


def alert(seed: int, tick: int) -> bytes:
    """A CAP 1.2 alert."""
    sent = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{seed}-{tick}</identifier>
<sender>essai@exemple.fr</sender><sent>{sent}</sent><status>Exercise</status><msgType>Alert</msgType>
<scope>Public</scope><info><language>fr-FR</language><category>Met</category><event>Orages</event>
<urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
<area><areaDesc>Zone {seed}</areaDesc><circle>48.85,2.35 {10 + tick % 5}</circle></area></info></alert>""".encode()


class World:
    """Starts and stops the servers' process."""

    def __init__(self, seconds: float) -> None:
        here, there = mp.get_context("spawn").Pipe()
        self._process = mp.get_context("spawn").Process(
            target=_live, args=(there, seconds), daemon=True
        )
        self._pipe: Connection = here

    def start(self) -> Ports:
        """Open all doors; where they are."""
        self._process.start()
        told: Ports = self._pipe.recv()
        return told

    def stop(self) -> None:
        """Close them."""
        self._process.kill()
        self._process.join()


def _live(pipe: Connection, seconds: float) -> None:
    asyncio.run(_serve(pipe, seconds))


async def _serve(pipe: Connection, seconds: float) -> None:
    began = time.monotonic()
    web = Web(lambda: (time.monotonic() - began) / seconds)
    plain = await asyncio.start_server(web.answer, "127.0.0.1", 0)
    tls = await asyncio.start_server(web.answer, "127.0.0.1", 0, ssl=_own_certificate())
    tcp = await asyncio.start_server(_ships, "127.0.0.1", 0)
    async with serve(_messages, "127.0.0.1", 0) as link:
        ports = [server.sockets[0].getsockname()[1] for server in (plain, tls, tcp)]
        pipe.send(Ports(*ports, next(iter(link.sockets)).getsockname()[1]))
        await asyncio.Event().wait()


class Web:
    """Answers by the first word of the path; `progress` goes from 0 to 1 over the run."""

    def __init__(self, progress: Callable[[], float]) -> None:
        self._progress = progress
        self._ways: dict[str, Callable[[int, str, Writer], Awaitable[None]]] = {
            "geojson": self._geojson, "csv": self._csv, "cap": self._cap, "etag": self._etag,
            "silent": self._silent, "error": self._error, "truncated": self._truncated,
            "loop": self._loop, "drip": self._drip, "stuck": self._stuck, "schema": self._schema,
            "page": self._page, "bomb": self._bomb, "back": self._back, "inside": self._inside,
        }  # fmt: skip

    async def answer(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        """One request, one answer."""
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            _get, path, _http = request.split("\r\n")[0].split(" ")
            way, _slash, number = path.strip("/").partition("/")
            await self._ways[way](int(number), request, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ValueError, KeyError):
            pass
        finally:
            writer.close()

    def _tick(self) -> int:
        return int(time.time() / 10)

    async def _geojson(self, number: int, _request: str, writer: Writer) -> None:
        say(writer, collection(number, 200, self._tick()))

    async def _csv(self, number: int, _request: str, writer: Writer) -> None:
        say(writer, table(number, 200, self._tick()), kind="text/csv")

    async def _cap(self, number: int, _request: str, writer: Writer) -> None:
        say(writer, alert(number, self._tick()), kind="application/cap+xml")

    async def _etag(self, number: int, request: str, writer: Writer) -> None:
        known = f'If-None-Match: "{number}"'.lower() in request.lower()
        say(writer, b"" if known else collection(number, 50, 0), 304 if known else 200, f'ETag: "{number}"\r\n')  # fmt: skip

    async def _silent(self, number: int, _request: str, writer: Writer) -> None:
        say(writer, collection(number, 20, 0))

    async def _error(self, _number: int, _request: str, writer: Writer) -> None:
        say(writer, b"", 500)

    async def _truncated(self, number: int, _request: str, writer: Writer) -> None:
        body = collection(number, 50, 0)
        writer.write(
            HEAD.format(code=200, kind="application/json", size=len(body), more="").encode()
        )
        writer.write(body[: len(body) // 2])

    async def _loop(self, number: int, _request: str, writer: Writer) -> None:
        say(writer, b"", 302, f"Location: /loop/{number + 1}\r\n")

    async def _drip(self, _number: int, _request: str, writer: Writer) -> None:
        writer.write(HEAD.format(code=200, kind="application/json", size=10**6, more="").encode())
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.5)

    async def _stuck(self, _number: int, _request: str, writer: Writer) -> None:
        await asyncio.sleep(3600)

    async def _schema(self, number: int, _request: str, writer: Writer) -> None:
        if self._progress() < 0.25:
            say(writer, collection(number, 30, self._tick()))
        else:
            other = [{"ref": n, "wkt": "", "tick": self._tick()} for n in range(30)]
            say(writer, json.dumps(other).encode(), kind="application/json")

    async def _page(self, _number: int, _request: str, writer: Writer) -> None:
        say(writer, b"<!DOCTYPE html><html><body>Maintenance</body></html>", kind="text/html")

    async def _bomb(self, _number: int, _request: str, writer: Writer) -> None:
        say(writer, BOMB, more="Content-Encoding: gzip\r\n")

    async def _back(self, number: int, _request: str, writer: Writer) -> None:
        if 0.15 < self._progress() < 0.45:
            say(writer, b"", 503)
        else:
            say(writer, collection(number, 30, self._tick()))

    async def _inside(self, _number: int, _request: str, writer: Writer) -> None:
        say(writer, b"", 302, "Location: http://169.254.169.254/latest/meta-data\r\n")


BOMB = gzip.compress(bytes(50_000_000), 1)


def say(writer: Writer, body: bytes, code: int = 200, more: str = "", kind: str = "application/geo+json") -> None:  # fmt: skip
    """One whole HTTP answer."""
    writer.write(HEAD.format(code=code, kind=kind, size=len(body), more=more).encode() + body)


async def _ships(_reader: asyncio.StreamReader, writer: Writer) -> None:
    try:
        while True:
            writer.write(f"{AIS}\r\n".encode())
            await writer.drain()
            await asyncio.sleep(1)
    except OSError:
        writer.close()


async def _messages(link: ServerConnection) -> None:
    tick = 0
    while True:
        tick += 1
        await link.send(collection(9_000, 3, tick).decode())
        await asyncio.sleep(2)


def datagrams(port: int) -> None:
    """One position of a ship to a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(f"{AIS}\r\n".encode(), ("127.0.0.1", port))


def drop(folder: Path, number: int, tick: int) -> None:
    """A new file in a watched folder, written as careful programs do."""
    part = folder / ".part"
    part.write_bytes(collection(number, 40, tick))
    part.replace(folder / f"releve-{tick}.geojson")


def _own_certificate() -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )  # fmt: skip
        file.flush()
        context.load_cert_chain(file.name)
    return context
