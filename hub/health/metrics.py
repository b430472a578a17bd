"""Prometheus metrics of a hub: numbers, no person, no workspace, nothing of what was written.

`/metrics` is for the monitoring, on an address of its own (`--monitor`); `/healthz` says that the
process lives, `/readyz` that it can serve: both are also where stations come.
"""

from typing import Protocol, get_args

from fastapi import APIRouter
from prometheus_client import (
    CollectorRegistry,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp
from typing_extensions import override

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.observations.states import Health
from hub.health.facts import Facts, Vitals
from hub.version import VERSION

_BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_VITALS = {
    "ledger_position": "Last position of the ledger",
    "projection_lag_positions": "Positions that lists do not show yet",
    "trail_lines": "Last line of the audit trail",
    "quarantined_operations": "Operations in quarantine",
    "open_sessions": "Open sessions",
    "enrolled_stations": "Enrolled stations, revoked ones left out",
    "skewed_stations": "Stations whose clock is more than 2 s from the hub's",
    "seal_age_seconds": "Since the oldest of the chains' last seals; -1 without any",
    "backup_age_seconds": "Since the last backup; -1 without any",
    "short_of_room": "1 when the disk is nearly full (embedded database)",
}
_COMMITTER = {
    "operations_kept": "Operations kept by this replica",
    "operations_refused": "Operations that this replica put in quarantine",
}
_FANOUT = {
    "deliveries": "Events handed to live streams by this replica",
    "streams_dropped": "Live streams let go because they did not keep up",
}


class Committer(Protocol):
    """What enters."""

    kept: int
    refused: int
    waiting: int


class Live(Protocol):
    """What goes out."""

    delivered: int
    dropped: int

    @property
    def connected(self) -> int:
        """Open live streams."""
        ...


class Metrics:
    """The registry of one hub in one process."""

    def __init__(self, facts: Facts, committer: Committer, live: Live, clock: Clock) -> None:
        self._facts = facts
        self._committer = committer
        self._live = live
        self._clock = clock
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        info = Gauge("beffroi_hub_info", "Version", ["version"], registry=self.registry)
        info.labels(VERSION).set(1)
        self._vitals = {name: self._gauge(name, words) for name, words in _VITALS.items()}
        self._streams = self._gauge("live_streams", "Open live streams of this replica")
        self._sources = Gauge(
            "beffroi_hub_sources",
            "Sources that the hub follows",
            ["health"],
            registry=self.registry,
        )
        self._waiting = self._gauge("operations_waiting", "Operations that wait to be kept")
        for part, names, fields in (
            (committer, _COMMITTER, ("kept", "refused")),
            (live, _FANOUT, ("delivered", "dropped")),
        ):
            for (name, words), field in zip(names.items(), fields, strict=True):
                self._count(name, words, part, field)
        self._seconds = Histogram(
            "beffroi_hub_request_seconds", "Until the first byte of the answer",
            ["method", "route", "status"], buckets=_BOUNDS, registry=self.registry,
        )  # fmt: skip

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"beffroi_hub_{name}", words, registry=self.registry)

    def _count(self, name: str, words: str, part: object, field: str) -> None:
        self.registry.register(_Read(f"beffroi_hub_{name}", words, part, field))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """An answer began."""
        self._seconds.labels(method, route, str(status)).observe(seconds)

    async def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        self._set(await self._facts.vitals())
        sources = await self._facts.sources()
        for health in get_args(Health):
            self._sources.labels(health).set(sources.count(health))
        self._streams.set(self._live.connected)
        self._waiting.set(self._committer.waiting)
        return generate_latest(self.registry)

    def _set(self, vitals: Vitals) -> None:
        sealed = min((at for _number, _day, at in vitals.seals.values()), default=0)
        for name, value in (
            ("ledger_position", vitals.head),
            ("projection_lag_positions", max(0, vitals.head - vitals.shown)),
            ("trail_lines", vitals.trail),
            ("quarantined_operations", vitals.quarantined),
            ("open_sessions", vitals.sessions),
            ("enrolled_stations", vitals.stations),
            ("skewed_stations", vitals.skewed),
            ("seal_age_seconds", _age(vitals.now, sealed)),
            ("backup_age_seconds", _age(vitals.now, vitals.backup_at)),
            ("short_of_room", int(vitals.short_of_room)),
        ):
            self._vitals[name].set(value)


class _Read(Collector):
    """A counter whose number is read where it is kept."""

    def __init__(self, name: str, words: str, part: object, field: str) -> None:
        self._name = name
        self._words = words
        self._part = part
        self._field = field

    @override
    def collect(self) -> list[Metric]:
        """The number now."""
        family = CounterMetricFamily(self._name, self._words)
        family.add_metric([], getattr(self._part, self._field))
        return [family]


def _age(now: int, at: int) -> float:
    return (now - at) / 1000 if at else -1


def monitor(metrics: Metrics, facts: Facts) -> ASGIApp:
    """The application of the monitoring's own address: numbers and probes, nothing else."""

    async def tell(_request: Request) -> Response:
        try:
            return Response(await metrics.text(), media_type=CONTENT_TYPE_LATEST)
        except BeffroiError:
            return PlainTextResponse("unavailable\n", 503)

    return Starlette(routes=[Route("/metrics", tell), *_probes(facts)])


def router(facts: Facts) -> APIRouter:
    """`/healthz` and `/readyz`: at the root, outside the API."""
    return APIRouter(routes=_probes(facts))


def _probes(facts: Facts) -> list[BaseRoute]:
    async def live(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        try:
            await facts.answers()
        except BeffroiError:
            return PlainTextResponse("unavailable\n", 503)
        return PlainTextResponse("ok\n")

    return [
        Route("/healthz", live, include_in_schema=False),
        Route("/readyz", ready, include_in_schema=False),
    ]
