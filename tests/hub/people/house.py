"""A real hub behind real TLS on a free port, with stations that enrol as desktops do."""

import asyncio
import atexit
import shutil
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import httpx
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from beffroi.access.rights import Grant
from beffroi.clock import Clock
from beffroi.sync import wire
from hub.app import create_app
from hub.core import Hub, build
from hub.db import migrate
from hub.http.guard import guard
from hub.keys import Keys
from hub.keys.authority import key_pem, new_key
from hub.main import server_config
from hub.people import Account
from hub.people.secrets import Hasher
from hub.settings import Settings
from hub.starting import first
from tests.conftest import CHEAP
from tests.means import free_port

SECRET = "une phrase assez longue"


@dataclass
class Time:
    """A clock that tests move."""

    ahead: int = 0

    @property
    def clock(self) -> Clock:
        real = Clock()
        return Clock(lambda: real.source() + self.ahead)


@dataclass
class House:
    """A hub that listens, and what tests need of it."""

    hub: Hub
    url: str
    time: Time
    folder: Path
    welcome: first.Welcome
    stations: int = field(default=0)

    @property
    def trust(self) -> ssl.SSLContext:
        """Trusts the hub's authority and nobody else."""
        context = ssl.create_default_context(cadata=self.hub.keys.authority_pem)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return context

    def client(self, own: Path | None = None) -> httpx.AsyncClient:
        """Speaks to the hub, with a station's certificate or without."""
        context = self.trust
        if own is not None:
            context.load_cert_chain(own)
        return httpx.AsyncClient(base_url=f"{self.url}{wire.API}", verify=context, timeout=10)

    async def enrol(self, code: str = "", name: str = "Poste 1") -> tuple[Path, wire.Enrolled]:
        """A station: its key and certificate in one file."""
        code = code or await self.hub.people.devices.invite()
        key = new_key()
        async with self.client() as client:
            answer = await client.post(
                "/enrol",
                content=wire.encode(wire.Enrol(code=code, station=name, request=request_of(key))),
            )
        assert answer.status_code == 201, answer.text
        enrolled = wire.decoder(wire.Enrolled).decode(answer.content)
        self.stations += 1
        own = self.folder / f"station-{self.stations}.pem"
        own.write_bytes(key_pem(key) + enrolled.certificate.encode())
        return own, enrolled

    async def person(self, name: str, *grants: Grant, organisation: str = "") -> None:
        """An account with the secret of all tests."""
        accounts = self.hub.people.accounts
        await accounts.add(
            Account(name=name, display=name.title(), organisation=organisation), SECRET
        )
        for grant in grants:
            await self.hub.people.grants.give(replace(grant, account=name))

    async def log_in(
        self, client: httpx.AsyncClient, name: str, secret: str = SECRET
    ) -> wire.SessionReply:
        """A session."""
        answer = await client.post(
            "/session", content=wire.encode(wire.Login(account=name, secret=secret))
        )
        assert answer.status_code == 201, answer.text
        return wire.decoder(wire.SessionReply).decode(answer.content)


def request_of(key) -> str:  # type: ignore[no-untyped-def]
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Poste")])
    made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def bearer(reply: wire.SessionReply) -> dict[str, str]:
    return {"authorization": f"Bearer {reply.token}"}


def trouble(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal, whose sentence must be one for people."""
    told = wire.decoder(wire.Trouble).decode(answer.content)
    assert told.sentence.endswith((".", "?"))
    assert len(told.sentence.splitlines()) == 1
    return answer.status_code, told.code


@cache
def template() -> Path:
    """The folder of a hub with keys and an empty database, made once."""
    folder = Path(tempfile.mkdtemp(prefix="beffroi-house-")) / "hub"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    settings = Settings(data=folder)
    folder.mkdir()
    keys = Keys.made(settings.keys_folder, Clock())
    keys.tls(("localhost",))
    migrate.upgrade_embedded(settings.database_file, keys.store_key)
    return folder


@asynccontextmanager
async def opened(folder: Path, settings: Settings | None = None) -> AsyncIterator[House]:
    """A hub that listens until the block ends."""
    time = Time()
    port = free_port()
    settings = settings or Settings(data=folder / "hub")
    settings = replace(settings, host="127.0.0.1", port=port, names=("localhost",))
    shutil.copytree(template(), settings.data)
    keys = Keys(settings.keys_folder, time.clock)
    hub = await build(settings, keys, time.clock)
    hub.people.accounts._hasher = Hasher(CHEAP)
    welcome = await first.welcome(hub.database, hub.people, hub.trail)
    assert welcome is not None
    context = None if settings.behind_proxy else keys.tls(settings.all_names())
    server = uvicorn.Server(server_config(guard(create_app(hub), settings), settings, context))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
        assert not serving.done()
    scheme = "http" if settings.behind_proxy else "https"
    try:
        yield House(hub, f"{scheme}://localhost:{port}", time, folder, welcome)
    finally:
        server.should_exit = True
        await serving
