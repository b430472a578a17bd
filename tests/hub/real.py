"""The whole hub as `beffroi-hub --behind-proxy` runs it, with people and stations made directly."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn

from beffroi.access.rights import Grant
from beffroi.clock import Clock
from beffroi.journal.signing import Signer, new_seed
from beffroi.sync.wire import API, WorkspaceInfo
from hub.app import create_app
from hub.core import Hub, build
from hub.http.guard import guard
from hub.keys import Keys
from hub.live.server import StreamingServer
from hub.people import Account
from hub.people.people import People
from hub.people.secrets import digest
from hub.settings import Oidc, Settings
from tests.conftest import CHEAP

PROXY = "secret-du-mandataire"
WS = "jop-2024"
T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    """Someone with a session at a station of their own."""

    account: str
    device: str
    peer: str
    token: str
    signer: Signer

    @property
    def headers(self) -> dict[str, str]:
        """What the proxy and the person say with every request."""
        return {
            "beffroi-proxy": PROXY,
            "beffroi-peer": self.peer,
            "authorization": f"Bearer {self.token}",
        }


@dataclass
class World:
    """A hub and those who come to it."""

    hub: Hub
    people: dict[str, Person] = field(default_factory=dict)
    loop: asyncio.AbstractEventLoop | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work` on the loop of a hub that runs `beside` the test."""
        assert self.loop is not None
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    async def enter(self, account: str, *grants: dict[str, Any], organisation: str = "") -> Person:
        """A new person with these grants (role, marking, caveats, workspace), and their session."""
        hub = self.hub
        await hub.people.accounts.add(
            Account(name=account, display=account, organisation=organisation),
            "un-secret-assez-long",
        )
        for told in grants:
            given = {"workspace": WS, **told, "account": account}
            await hub.people.grants.give(Grant(**given), by="essai")
        peer, device = digest(f"certificate of {account}"), f"device-{account}"
        now = hub.clock.now()
        async with hub.database.write() as session:
            row = await session.row("SELECT count(*) FROM device")
            await session.run(
                "INSERT INTO device (id, station, number, fingerprint, enrolled_at) "
                "VALUES (?,?,?,?,?)",
                device, f"Poste {account}", (row[0] if row else 0) + 1, peer, now,
            )  # fmt: skip
        token, _opened = await hub.people.sessions.open(account, device)
        person = Person(account, device, peer, token, Signer(device, new_seed()))
        await hub.people.devices.add_signing_key(device, WS, person.signer.public)
        self.people[account] = person
        return person

    def client(self, account: str, address: str) -> httpx.AsyncClient:
        """The way of `account` to the hub."""
        return httpx.AsyncClient(base_url=address, headers=self.people[account].headers, timeout=20)


async def made(
    folder: Path,
    database: str = "",
    clock: Clock | None = None,
    oidc: Oidc | None = None,
    sources_allow: tuple[str, ...] = (),
) -> World:
    """A hub with one workspace and nobody yet."""
    clock = clock or Clock()
    settings = Settings(
        data=folder, database=database, proxy_secret=PROXY, rate=0, oidc=oidc,
        sources_allow=sources_allow,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
    hub = await build(settings, Keys.made(settings.keys_folder, clock), clock)
    hub.people.accounts = People(hub.database, clock, cost=CHEAP).accounts
    await hub.people.workspaces.add(WorkspaceInfo(workspace=WS, title="JOP 2024", prefix="MC-2024"))
    return World(hub)


def config(hub: Hub, **more: Any) -> uvicorn.Config:
    """How the hub is served in tests."""
    return uvicorn.Config(
        guard(create_app(hub), hub.settings),
        host="127.0.0.1",
        port=0,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=2,
        **more,
    )


@contextmanager
def beside(
    folder: Path,
    *people: tuple[Any, ...],
    prepare: Callable[[World], Awaitable[None]] | None = None,
    oidc: Oidc | None = None,
    database: str = "",
    sources_allow: tuple[str, ...] = (),
) -> Iterator[tuple[str, World]]:
    """A hub that runs in a thread beside a synchronous test: its address and its people."""
    ready = threading.Event()
    held: dict[str, Any] = {}

    async def run() -> None:
        world = held["world"] = await made(folder, database, oidc=oidc, sources_allow=sources_allow)
        world.loop = asyncio.get_running_loop()
        if prepare is not None:
            await prepare(world)
        for account, *grants in people:
            await world.enter(account, *grants)
        server = held["server"] = StreamingServer(config(world.hub), world.hub.fanout)
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        held["address"] = f"http://127.0.0.1:{port}{API}"
        ready.set()
        await serving

    def live() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 - told to the test that waits
            held["error"] = error
            ready.set()

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    assert ready.wait(30), "the hub did not start"
    if "error" in held:
        raise held["error"]
    yield held["address"], held["world"]
    held["server"].should_exit = True
    thread.join(15)
