"""Looks at a hub from outside: its page, its metrics, its traces, what programs read of it."""

from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from beffroi.clock import Clock
from beffroi.sync.wire import API
from hub import logbook, page
from hub.db import Database
from hub.entrance.door import Door
from hub.health import metrics
from hub.health.clocks import Clocks
from hub.health.contacts import Contacts, Watched
from hub.health.facts import Facts
from hub.health.metrics import Metrics
from hub.health.telemetry import traced
from hub.keys import Keys
from hub.ledger.committer import Committer
from hub.live.fanout import Fanout
from hub.people import People
from hub.settings import Settings
from hub.trail import Trail


class Parts(Protocol):
    """The parts of the hub that are looked at."""

    settings: Settings
    clock: Clock
    keys: Keys
    database: Database
    committer: Committer
    people: People
    trail: Trail
    fanout: Fanout


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """`install` adds routes; `around` watches every request of the application."""

    clocks: Clocks
    contacts: Contacts
    metrics: Metrics
    facts: Facts
    api: APIRouter
    roots: tuple[APIRouter, ...]

    def install(self, app: FastAPI) -> None:
        """Add the read API under its prefix, the page and the probes at the root."""
        app.include_router(self.api, prefix=API)
        for router in self.roots:
            app.include_router(router)

    def monitor(self) -> ASGIApp:
        """What the monitoring asks, on its own address."""
        return metrics.monitor(self.metrics, self.facts)

    def around(self, app: ASGIApp) -> ASGIApp:
        """`app`, watched, and traced when an endpoint is set."""
        return traced(Watched(app, self.contacts, self.metrics.observe))


def look(hub: Parts) -> Eyes:
    """The eyes on one hub in this process."""
    contacts = Contacts(hub.clock)
    facts = Facts(hub.database, hub.people, hub.clock)
    measured = Metrics(facts, hub.committer, hub.fanout, hub.clock)
    door = Door(
        people=hub.people,
        keys=hub.keys,
        trail=hub.trail,
        clock=hub.clock,
        settings=hub.settings,
    )
    return Eyes(
        clocks=Clocks(contacts, hub.people.devices, hub.trail),
        contacts=contacts,
        metrics=measured,
        facts=facts,
        api=logbook.router(hub),
        roots=(
            metrics.router(facts),
            page.router(door, facts, contacts, hub.committer, hub.fanout),
        ),
    )
