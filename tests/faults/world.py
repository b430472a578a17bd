"""A hub in a process of its own, people it knows, stations that have joined it: all real."""

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from beffroi.access.rights import Grant
from beffroi.clock import Clock
from beffroi.sync.enrolment import enrol
from beffroi.sync.joining import join, workspaces
from beffroi.sync.wire import WorkspaceInfo
from hub.admin.office import open_database
from hub.db import migrate
from hub.people import Account, People
from hub.settings import Settings
from hub.starting import first
from tests.conftest import CHEAP
from tests.means import free_port

READY_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whom the hub knows, and what they may do in the one workspace."""

    account: str
    post: str
    role: str = "writer"
    marking: str = "DR"
    caveats: tuple[str, ...] = ()
    organisation: str = ""


class HubProcess:
    """`beffroi-hub` on a folder; `kill` is `kill -9`, and `start` may follow it."""

    def __init__(self, data: Path, port: int = 0, database: str = "") -> None:
        self.data = data
        self.port = port or free_port()
        self.database = database
        self._process: subprocess.Popen[bytes] | None = None
        self._options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Settings:
        return Settings(
            data=self.data, database=self.database, host="127.0.0.1", port=self.port, url=self.url
        )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *options: str) -> Self:
        """Start it, with the options of the last time when none are given."""
        self._options = options or self._options
        command = [
            str(Path(sys.executable).with_name("beffroi-hub")),
            "--data",
            str(self.data),
            *self._where(),
            *self._options,
        ]
        self.data.mkdir(parents=True, exist_ok=True)
        log = (self.data / "hub.log").open("ab")
        self._process = subprocess.Popen(command, stdout=log, stderr=log)
        log.close()
        self._until_it_listens()
        return self

    def _where(self) -> list[str]:
        told = ["--listen", f"127.0.0.1:{self.port}", "--url", self.url, "--rate", "0"]
        return [*told, *(["--database", self.database] if self.database else [])]

    def _until_it_listens(self) -> None:
        assert self._process is not None
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.02)
        raise AssertionError((self.data / "hub.log").read_text(errors="replace")[-4000:])

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()


@dataclass(frozen=True, slots=True)
class Founded:
    """What the people of a new hub got: their secrets, and codes for stations."""

    secrets: dict[str, str]
    codes: list[str]


def found(
    hub: HubProcess, space: WorkspaceInfo, people: Iterable[Person], stations: int
) -> Founded:
    """Make the hub's keys, its database, one workspace, the people; invite `stations`."""
    return asyncio.run(_found(hub.settings, space, list(people), stations))


async def _found(
    settings: Settings, space: WorkspaceInfo, people: list[Person], stations: int
) -> Founded:
    clock = Clock()
    settings.data.mkdir(parents=True, exist_ok=True)
    keys = first.keys_of(settings, clock)
    if settings.database:
        migrate.upgrade_postgres(settings.database)
    else:
        migrate.upgrade_embedded(settings.database_file, keys.store_key)
    database = await open_database(settings, keys)
    try:
        known = People(database, clock, cost=CHEAP)
        secrets = await _people(known, space, people)
        codes = [await known.devices.invite(f"poste {n}", "admin") for n in range(stations)]
    finally:
        await database.close()
    return Founded(secrets, [first.enrolment_code(settings, keys, code) for code in codes])


async def _people(known: People, space: WorkspaceInfo, people: list[Person]) -> dict[str, str]:
    secrets: dict[str, str] = {}
    secrets["admin"] = await known.accounts.add(Account(name="admin", display="Administrateur"))
    await known.grants.give(
        Grant(account="admin", workspace="*", role="functional_admin", marking="DR_SF"), "hub"
    )
    await known.workspaces.add(space)
    for person in people:
        account = Account(
            name=person.account, display=person.account, organisation=person.organisation,
            posts=(person.post,),
        )  # fmt: skip
        secrets[person.account] = await known.accounts.add(account)
        await known.grants.give(
            Grant(
                account=person.account, workspace=space.workspace, role=person.role,
                marking=person.marking, caveats=frozenset(person.caveats),
            ),
            "admin",
        )  # fmt: skip
    return secrets


def joined(folder: Path, code: str, name: str, account: str, secret: str, workspace: str) -> Path:
    """Enrol a station called `name`, join `workspace` from it; the folder of its profile."""
    station = asyncio.run(enrol(folder / "station", code, name))
    offer = workspaces(station, account, secret)
    profile = folder / "profil"
    join(profile, station, offer, workspace, secret, cost=CHEAP)
    return profile
