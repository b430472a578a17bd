"""A hub in memory, over real TLS: what the client must be able to rely on, and ways to misbehave.

`fault` may be given a function that sees each request before it is answered and may raise `Cut`
(the connection breaks), `Say` (another answer), or change `cut_after` (bytes of the answer sent).
"""

import asyncio
import base64
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import uvicorn
import zstandard

from beffroi.sync import wire
from beffroi.sync.trailing import After
from hub.keys import authority as ca
from tests.beffroi.sync.fake_ledger import SECRET, FakeLedger, Person

__all__ = ["SECRET", "Asked", "Cut", "FakeHub", "Person", "Say", "running", "salvage_pair"]


class Cut(Exception):
    """The connection breaks before anything is answered."""


@dataclass
class Say(Exception):
    """This is answered instead."""

    status: int
    code: str
    sentence: str = "Non."
    retry_after: int = 0
    body: bytes | None = None


@dataclass
class Asked:
    """One request, as faults and tests see it."""

    method: str
    path: str
    body: bytes


class FakeHub(FakeLedger):
    """One workspace of one hub."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.devices = 0
        self.revoked: set[str] = set()
        self.sessions: dict[str, str] = {}
        self.fault: Callable[[Asked], None] = lambda _asked: None
        self.cut_after: int | None = None
        self.asked: list[Asked] = []
        self.listeners: list[asyncio.Queue[wire.Event | None]] = []
        self.live_fault = False
        self.blobs: dict[str, bytearray] = {}
        self.trail: list[wire.TrailLine] = []
        self.seen: list[tuple[str, str]] = []
        self.desks: dict[str, wire.Presence] = {}
        self.salvage = ""
        self.restored = ""
        self._authority = ca.Authority.made(self.clock)
        self._folder = folder
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.port = _free_port()

    # Lifetime

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def authority_pem(self) -> str:
        return ca.pem(self._authority.certificate).decode()

    @property
    def code(self) -> str:
        der = ssl.PEM_cert_to_DER_cert(self.authority_pem)
        return f"{self.url}#ABCD-1234.{sha256(der).hexdigest()}"

    def start(self) -> None:
        key = ca.new_key()
        self._folder.mkdir(exist_ok=True)
        names = {"key.pem": ca.key_pem(key), "ca.pem": self.authority_pem.encode()}
        names["crt.pem"] = ca.pem(self._authority.server(["localhost", "127.0.0.1"], key))
        for name, content in names.items():
            (self._folder / name).write_bytes(content)
        config = uvicorn.Config(
            self, host="127.0.0.1", port=self.port, log_level="critical", lifespan="off",
            loop="asyncio", timeout_graceful_shutdown=1,
            ssl_keyfile=str(self._folder / "key.pem"), ssl_certfile=str(self._folder / "crt.pem"),
            ssl_ca_certs=str(self._folder / "ca.pem"), ssl_cert_reqs=ssl.CERT_OPTIONAL,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def _serve(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            assert self._server is not None
            with socket.socket() as listening:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listening.bind(("127.0.0.1", self.port))
                await self._server.serve(sockets=[listening])
                for connection in list(self._server.server_state.connections):
                    if connection.transport is not None:
                        connection.transport.abort()
                await asyncio.sleep(0.01)

        asyncio.run(serve())

    def stop(self) -> None:
        if self._server is not None:
            self.hang_up()
            self._server.should_exit = True
            self._server.force_exit = True
            self._thread.join()
            self._server = None

    def call(self, work: Callable[[], Any]) -> Any:
        """Run `work` where requests are answered."""
        done: list[Any] = []
        ready = threading.Event()

        def run() -> None:
            done.append(work())
            ready.set()

        assert self._loop is not None
        self._loop.call_soon_threadsafe(run)
        assert ready.wait(10)
        return done[0]

    def hang_up(self) -> None:
        """End all live streams."""

        def end() -> None:
            for one in self.listeners:
                one.put_nowait(None)

        self.call(end)

    def shout(self, event: wire.Event) -> None:
        """Send an event to all who listen."""
        self.call(lambda: [one.put_nowait(event) for one in self.listeners])

    # HTTP

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        path = scope["path"].removeprefix(wire.API)
        asked = Asked(scope["method"], path, body)
        self.asked.append(asked)
        params = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        headers = {k.decode(): v.decode() for k, v in scope["headers"]}
        try:
            self.fault(asked)
            if path == "/sync/live":
                await self._live(headers, receive, send)
                return
            status, answer, more = self._answer(asked, params, headers)
        except Cut:
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [(b"content-length", b"9")],
                }
            )
            raise ConnectionResetError from None
        except Say as said:
            trouble = wire.Trouble(
                code=said.code, sentence=said.sentence, retry_after=said.retry_after
            )
            status, more = said.status, {}
            answer = wire.encode(trouble) if said.body is None else said.body
        if "zstd" in headers.get("accept-encoding", "") and len(answer) > 500:
            answer = zstandard.compress(answer)
            more["content-encoding"] = "zstd"
        await self._send(send, status, answer, more, asked.method)
        if path == "/sync/push" and status == 200:
            self.tell_news()

    async def _send(
        self, send: Any, status: int, answer: bytes, more: dict[str, str], method: str
    ) -> None:
        more = {"content-length": str(len(answer)), **self._stamp(), **more}
        lines = [(k.encode(), v.encode()) for k, v in more.items()]
        await send({"type": "http.response.start", "status": status, "headers": lines})
        if self.cut_after is not None and method == "POST":
            piece = answer[: self.cut_after]
            if len(piece) < len(answer):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                raise ConnectionResetError
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer})

    def _stamp(self) -> dict[str, str]:
        said = {wire.TIME_HEADER: str(self.clock.now())}
        return said | ({"Beffroi-Restored": self.restored} if self.restored else {})

    def _answer(
        self, asked: Asked, params: dict[str, str], headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        match asked.method, asked.path.split("/")[1:]:
            case "GET", ["hello"]:
                return self._json({"authority": self.authority_pem, "version": "1"})
            case "POST", ["enrol"]:
                return self._json(self._enrol(msgspec.json.decode(asked.body, type=wire.Enrol)))
            case "POST", ["session"]:
                return self._json(self._log_in(msgspec.json.decode(asked.body, type=wire.Login)))
        account = self._account(headers)
        match asked.method, asked.path.split("/")[1:]:
            case "GET", ["session"]:
                return self._json(self._session(account))
            case "POST", ["workspaces", _ws, "keys"]:
                self.keys[f"device-{self.devices}"] = msgspec.json.decode(
                    asked.body, type=wire.SigningKey
                ).public
                return self._json({})
            case "POST", ["sync", "push"]:
                ops = msgspec.json.decode(asked.body, type=wire.Push).ops
                return self._json(wire.PushReply(outcomes=[self.take(op) for op in ops]))
            case "POST", ["sync", "pull"]:
                return self._json(
                    self._pull(account, msgspec.json.decode(asked.body, type=wire.Pull))
                )
            case "GET", ["sync", "state"]:
                return self._json(self._state(params))
            case "POST", ["sync", "presence"]:
                desk = msgspec.json.decode(asked.body, type=wire.Presence)
                self.desks[account] = desk
                self._tell(wire.Event(presence=[desk], head=self.head))
                return 204, b"", {}
            case "POST", ["sync", "seen"]:
                for uid in msgspec.json.decode(asked.body)["entities"]:
                    self.seen.append((account, uid))
                return 204, b"", {}
            case "GET", ["sync", "trail"]:
                return self._json(After(after=len(self.trail)))
            case "POST", ["sync", "trail"]:
                self.trail += msgspec.json.decode(asked.body, type=list[wire.TrailLine])
                return self._json(After(after=len(self.trail)))
            case method, ["attachments", sha]:
                return self._attachment(method, sha, asked.body, headers)
        raise Say(404, "unknown")

    def _json(self, value: Any) -> tuple[int, bytes, dict[str, str]]:
        return 200, wire.encode(value), {"content-type": "application/json"}

    def _enrol(self, request: wire.Enrol) -> wire.Enrolled:
        if request.code != "ABCD-1234":
            raise Say(403, "code", "Code inconnu : demandez-en un autre.")
        self.devices += 1
        certificate = self._authority.station(request.request, f"device-{self.devices}")
        return wire.Enrolled(
            device=f"device-{self.devices}", station_code=f"S{self.devices}",
            certificate=ca.pem(certificate).decode(), authority=self.authority_pem,
        )  # fmt: skip

    def _log_in(self, login: wire.Login) -> wire.SessionReply:
        if self.revoked:
            raise Say(403, "revoked", "Poste révoqué.")
        person = self.people.get(login.account)
        if person is None or person.secret != login.secret:
            raise Say(401, "secret", "Compte ou mot de passe inconnu : vérifiez-les.")
        self.sessions[f"token-{len(self.sessions)}"] = login.account
        return self._session(login.account)

    def _session(self, account: str) -> wire.SessionReply:
        token = next(t for t, a in reversed(self.sessions.items()) if a == account)
        person = self.people[account]
        return wire.SessionReply(
            token=token, expires=self.clock.now() + 3_600_000, account=account,
            display=account.title(), organisation="CNCS", posts=person.posts, rights=person.rights,
            workspaces=[self.workspace], unlock=sha256(b"unlock").hexdigest(),
            salvage_key=self.salvage,
        )  # fmt: skip

    def _account(self, headers: dict[str, str]) -> str:
        if self.revoked:
            raise Say(403, "revoked", "Poste révoqué.")
        account = self.sessions.get(headers.get("authorization", "").removeprefix("Bearer "))
        if account is None:
            raise Say(401, "session", "Votre session est finie.")
        return account

    def _attachment(
        self, method: str, sha: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        held = self.blobs.get(sha)
        if method == "PATCH":
            held = self.blobs.setdefault(sha, bytearray())
            if int(headers["upload-offset"]) != len(held):
                raise Say(409, "offset")
            held += body
            return 204, b"", {"upload-offset": str(len(held))}
        if held is None:
            raise Say(404, "unknown")
        if method == "HEAD":
            return 200, b"", {"upload-offset": str(len(held))}
        start = int(headers.get("range", "bytes=0-")[6:-1])
        return (206 if start else 200), bytes(held[start:]), {}

    # Live

    async def _live(self, headers: dict[str, str], receive: Any, send: Any) -> None:
        account = self._account(headers)
        queue: asyncio.Queue[wire.Event | None] = asyncio.Queue()
        lines = [(b"content-type", b"text/event-stream")] + [
            (k.encode(), v.encode()) for k, v in self._stamp().items()
        ]
        await send({"type": "http.response.start", "status": 200, "headers": lines})
        queue.told = self.head  # type: ignore[attr-defined]
        queue.account = account  # type: ignore[attr-defined]
        self.listeners.append(queue)
        queue.put_nowait(wire.Event(head=self.head, now=self.clock.now()))
        try:
            while (event := await queue.get()) is not None:
                said = b"data: " + wire.encode(event) + b"\n\n"
                with contextlib.suppress(ValueError):
                    for piece in (said[: len(said) // 2], said[len(said) // 2 :]):
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            self.listeners.remove(queue)
        await send({"type": "http.response.body", "body": b""})

    def tell_news(self) -> None:
        """Send each listener what it may see and has not been told."""
        for queue in self.listeners:
            if self.live_fault:
                continue
            after = queue.told  # type: ignore[attr-defined]
            seen = set(self.visible_to(queue.account))  # type: ignore[attr-defined]
            fresh = [r for r in self.records[after:] if r.bucket in seen]
            if fresh:
                queue.put_nowait(wire.Event(records=fresh, after=after, head=self.head))
                queue.told = self.head  # type: ignore[attr-defined]

    def _tell(self, event: wire.Event) -> None:
        for queue in self.listeners:
            queue.put_nowait(event)


def salvage_pair() -> tuple[bytes, str]:
    """A key pair for what an erased station had not sent."""
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    return bytes(private), base64.b64encode(bytes(private.public_key)).decode()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(folder: Path) -> Iterator[FakeHub]:
    """A hub that answers."""
    hub = FakeHub(folder)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()
