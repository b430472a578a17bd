"""Where the traces come from: this station's own store, or the hub when there is one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from beffroi.access.cef import cef_document, json_document
from beffroi.access.station_trail import StationTrail
from beffroi.access.station_verdicts import station_verdicts
from beffroi.access.trace import Place, TracePage, Verdict
from beffroi.access.trace_file import write_traces
from beffroi.access.trail_search import TrailFilter
from beffroi.access.trail_words import codes
from beffroi.errors import BeffroiError
from beffroi.logbook.labels import label
from beffroi.logbook.proof import first_unfaithful
from beffroi.node import Node
from beffroi.text import _

T = TypeVar("T")
Fetch = Callable[[str, str, Mapping[str, str]], bytes]
"""Asks the hub (method, path under its API, query) and waits for the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the officer wants to see: a filter, a family of acts, and what it is about."""

    filter: TrailFilter = field(default_factory=TrailFilter)
    family: str = ""
    about: str = ""

    @property
    def whole(self) -> TrailFilter:
        """The filter with the codes of the family."""
        return replace(self.filter, actions=(*self.filter.actions, *codes(self.family)))

    @property
    def asked(self) -> dict[str, str]:
        """What is asked, as the hub wants it and as the trail remembers it."""
        wanted = self.filter
        said = {
            "account": wanted.account,
            "action": ",".join(wanted.actions),
            "family": self.family,
            "object": self.about,
            "post": wanted.post,
            "station": wanted.station,
            "since": "" if wanted.since is None else str(wanted.since),
            "until": "" if wanted.until is None else str(wanted.until),
            "text": wanted.text,
            "chain": wanted.chain,
        }
        return {name: value for name, value in said.items() if value}


class TraceSource(Protocol):
    """Reads traces, off the main thread."""

    def page(self, wish: Wish, after: Place | None) -> TracePage:
        """The newest traces, or those before `after`."""
        ...

    def verify(self) -> list[Verdict]:
        """A verdict on every chain."""
        ...

    def export(self, wish: Wish, path: Path, form: str) -> None:
        """Write all that answers into `path`, as `cef` or `json`; traced before it is made."""
        ...


class StationSource:
    """This station's own traces; works without any hub."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._trail = StationTrail(node.store, label)

    def page(self, wish: Wish, after: Place | None) -> TracePage:
        """The newest traces, or those before `after`."""
        node = self._node
        if after is None:
            node.audit.note(node.who, "audit.read", asked=wish.asked)
        return self._trail.page(wish.whole, obj=wish.about, after=after)

    def verify(self) -> list[Verdict]:
        """A verdict on both chains, on what lists show, on the file."""
        node = self._node
        node.audit.flush()
        found = station_verdicts(
            node.journal, node.audit, node.store, lambda: first_unfaithful(node.store)
        )
        broken = [verdict.chain for verdict in found if not verdict.whole]
        node.audit.record(node.who, "audit.verified", whole=not broken, broken=broken)
        return found

    def export(self, wish: Wish, path: Path, form: str) -> None:
        """Write all that answers into `path`."""
        node = self._node
        node.audit.flush()
        node.audit.record(node.who, "audit.export", path.name, format=form, asked=wish.asked)
        traces = self._trail.all(wish.whole, obj=wish.about)
        write_traces(
            path,
            cef_document(traces, node.who.station)
            if form == "cef"
            else json_document(traces, node.who.station, node.clock.now(), node.who.account),
        )


class HubSource:
    """The hub's traces: every station's, and the hub's own."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def page(self, wish: Wish, after: Place | None) -> TracePage:
        """The newest traces, or those before `after`."""
        asked = wish.asked
        if after is not None:
            asked["after"] = ",".join(map(str, after))
        return _read(self._fetch("GET", "/audit", asked), TracePage)

    def verify(self) -> list[Verdict]:
        """A verdict on the hub's chains, seals, and the stations' trails at fault."""
        return _read(self._fetch("POST", "/audit/verify", {}), list[Verdict])

    def export(self, wish: Wish, path: Path, form: str) -> None:
        """Write all that answers into `path`."""
        write_traces(path, [self._fetch("GET", "/audit/export", {**wish.asked, "format": form})])


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise BeffroiError(
            _("Le hub a répondu autrement que prévu\u00a0: mettez ce poste ou le hub à jour.")
        ) from error
