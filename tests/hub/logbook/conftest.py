"""A main courante of several buckets, behind the read API, on each engine."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from beffroi.clock import Clock
from beffroi.sync.wire import Op
from hub import logbook
from hub.db import Database
from hub.keys import Seal
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from hub.ledger.projector import Projector
from hub.trail import Trail
from tests.hub.ledger.kit import START, WS, FakePeople, Station
from tests.hub.officer import Doorkeeper, caller, client

ENTRIES = (
    ("np", "Marché ouvert place Royale.", {"marking": "NP", "tags": ("foule",)}),
    ("dr", "Inondation quai Nord.", {"tags": ("inondation",), "lon": 2.35, "lat": 48.85}),
    ("sf", "Inondation du poste secret.", {"marking": "DR_SF", "tags": ("inondation",)}),
    ("med", "Trois blessés, inondation.", {"caveats": ("MEDICAL",), "tags": ("inondation",)}),
)
ROLES = (
    ("chief", "room_chief", {"marking": "DR_SF", "caveats": ("MEDICAL",), "workspace": WS}),
    ("writer", "writer", {"marking": "DR", "workspace": WS}),
    ("partner", "partner", {"marking": "NP", "workspace": WS}),
    ("stranger", "writer", {"marking": "DR", "workspace": "autre"}),
    ("planner", "planner", {"marking": "DR", "workspace": WS}),
)


@dataclass
class Parts:
    database: Database
    people: Doorkeeper
    trail: Trail
    clock: Clock
    ops: dict[str, Op]
    uids: dict[str, str]
    station: Station
    committer: Committer
    projector: Projector


@pytest.fixture
async def hub(database: Database, clock: Clock) -> AsyncIterator[Parts]:
    known = FakePeople()
    known.grant("c.marchand", marking="DR_SF", caveats=("MEDICAL", "ORG:*"))
    ledger = Ledger(database)
    committer = Committer(ledger, known, Clock(lambda: START + 86_400_000))
    committer.start()
    station = Station(known)
    ops = {name: station.publish(text, **more) for name, text, more in ENTRIES}
    outcomes = await committer.push(station.caller, list(ops.values()))
    assert {outcome.status for outcome in outcomes} == {"kept"}
    projector = Projector(database, ledger)
    await projector.catch_up()
    people = Doorkeeper()
    people.let_in(*(caller(account, role, **more) for account, role, more in ROLES))
    trail = Trail(database, clock, Seal.made())
    uids = {name: op.entity for name, op in ops.items()}
    yield Parts(database, people, trail, clock, ops, uids, station, committer, projector)
    await committer.stop()


@pytest.fixture
async def http(hub: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with client(logbook.router(hub)) as opened:
        yield opened
