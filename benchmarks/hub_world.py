"""A hub for benchmarks, in a process of its own: many known desks with a session each, no TLS.

python -m benchmarks.hub_world FOLDER PORT DESKS [DATABASE-URL]

It serves as `beffroi-hub --behind-proxy` does; FOLDER/world.json says who may come in.
"""

import resource
import sys
from pathlib import Path

import msgspec
import uvicorn
import uvloop

from beffroi.access.rights import Grant
from beffroi.clock import Clock
from beffroi.journal.signing import Signer, new_seed
from beffroi.sync.wire import API, WorkspaceInfo
from hub.app import create_app
from hub.core import Hub, build
from hub.http.guard import guard
from hub.http.peer import PeerProtocol
from hub.keys import Keys
from hub.live import stream
from hub.live.server import StreamingServer
from hub.people import Account
from hub.people.secrets import digest
from hub.settings import Settings

WS = "banc"
SECRET = "secret-du-banc-d-essai"


class Desk(msgspec.Struct, frozen=True):
    """A station with a session: what it shows to come in, and the seed it signs with."""

    device: str
    peer: str
    token: str
    account: str
    seed: str = ""


class World(msgspec.Struct, frozen=True):
    """Everyone who may come in at `url`."""

    url: str
    workspace: str
    desks: list[Desk]

    def headers(self, desk: Desk) -> dict[str, str]:
        """What the proxy and the desk say with every request."""
        return {
            "beffroi-proxy": SECRET,
            "beffroi-peer": desk.peer,
            "authorization": f"Bearer {desk.token}",
        }


def read(folder: Path) -> World:
    """The world that was made in `folder`."""
    return msgspec.json.decode((folder / "world.json").read_bytes(), type=World)


async def populate(hub: Hub, count: int, url: str) -> World:
    """A workspace, `count` people at as many stations, a session each; the first one signs."""
    await hub.people.workspaces.add(WorkspaceInfo(workspace=WS, title="Banc", prefix="BANC"))
    now = hub.clock.now()
    seed = new_seed()
    desks = []
    for n in range(count):
        peer = digest(f"certificate {n}")
        desk = Desk(f"device-{n}", peer, f"token-{n}", f"agent.{n}", seed.hex() if n == 0 else "")
        desks.append(desk)
    for desk in desks[:1]:
        await hub.people.accounts.add(
            Account(name=desk.account, display="Agent 0"), "mot-de-passe-0"
        )
        await hub.people.grants.give(
            Grant(account=desk.account, workspace=WS, role="room_chief"), by="banc"
        )
        first = desk
    async with hub.database.write() as session:
        await session.many(
            "INSERT INTO account (name, display, organisation, posts, secret, created_at) "
            "SELECT ?, ?, organisation, posts, secret, created_at FROM account WHERE name = ?",
            [(desk.account, f"Agent {desk.account[6:]}", first.account) for desk in desks[1:]],
        )
        await session.many(
            "INSERT INTO granted (id, account, workspace, role, marking, caveats, made_at) "
            "SELECT ?, ?, workspace, role, marking, caveats, made_at FROM granted "
            "WHERE account = ?",
            [(f"grant-{desk.account}", desk.account, first.account) for desk in desks[1:]],
        )
        await session.many(
            "INSERT INTO device (id, station, number, fingerprint, enrolled_at) VALUES (?,?,?,?,?)",
            [(d.device, f"Poste {n}", n + 1, d.peer, now) for n, d in enumerate(desks)],
        )
        await session.many(
            "INSERT INTO session (token, id, account, device, made_at, seen_at, expires) "
            "VALUES (?,?,?,?,?,?,?)",
            [
                (digest(d.token), f"session-{n}", d.account, d.device, now, now, now + 10**8)
                for n, d in enumerate(desks)
            ],
        )
        await session.many(
            "INSERT INTO device_author (device, account, first_at) VALUES (?,?,?)",
            [(d.device, d.account, now) for d in desks],
        )
    await hub.people.devices.add_signing_key(first.device, WS, Signer(first.device, seed).public)
    return World(url, WS, desks)


async def serve(folder: Path, port: int, count: int, database: str) -> None:
    """Make the world and serve it until told to stop."""
    settings = Settings(
        data=folder, database=database, host="127.0.0.1", port=port, proxy_secret=SECRET, rate=0
    )
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
    clock = Clock()
    there = Keys.there(settings.keys_folder)
    keys = Keys(settings.keys_folder, clock) if there else Keys.made(settings.keys_folder, clock)
    hub = await build(settings, keys, clock)
    if not there:
        world = await populate(hub, count, f"http://127.0.0.1:{port}{API}")
        (folder / "world.json").write_bytes(msgspec.json.encode(world))
    config = uvicorn.Config(
        guard(create_app(hub), settings),
        host="127.0.0.1",
        port=port,
        http=PeerProtocol,
        ws="none",
        log_level="warning",
        access_log=False,
        backlog=4096,
        timeout_graceful_shutdown=3,
    )
    await StreamingServer(config, hub.fanout).serve()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (16_384, 16_384))
    _me, where, at, desks_wanted, *rest = sys.argv
    assert int(desks_wanted) <= stream.MAX_STREAMS
    uvloop.run(serve(Path(where), int(at), int(desks_wanted), rest[0] if rest else ""))
