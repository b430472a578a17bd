"""`beffroi-admin audit`: proves the journal and the trail, gives the trail to the security officer."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from beffroi.access import trail_words
from beffroi.access.accounts import SECURITY
from beffroi.access.cef import cef_document, json_document
from beffroi.access.station_trail import StationTrail
from beffroi.access.station_verdicts import station_verdicts
from beffroi.access.trace import Trace
from beffroi.access.trace_file import write_traces
from beffroi.access.trail_period import since, until
from beffroi.access.trail_search import TrailFilter
from beffroi.admin.parser import Commands, count
from beffroi.admin.session import answer, opened, profile_options
from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.logbook.labels import label
from beffroi.logbook.proof import first_unfaithful
from beffroi.node import Node
from beffroi.store import StoreError
from beffroi.text import _, ngettext, printable

FORMATS = ("cef", "json")


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A file of traces that was written."""

    path: str
    format: str
    count: int


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `audit verify`, `audit show` and `audit export`."""
    audit = commands.add_parser("audit", help=_("vérifie, montre et exporte les traces"))
    acts = audit.add_subparsers(metavar=_("ACTION"), required=True, dest="act")
    verify = acts.add_parser(
        "verify", help=_("vérifie les chaînes du journal et des traces, les entrées et le fichier")
    )
    profile_options(verify)
    verify.set_defaults(run=run_verify)
    show = acts.add_parser("show", help=_("montre les traces (rôle RSSI)"))
    profile_options(show)
    _filters(show)
    show.add_argument("--limit", type=count, default=100, help=_("nombre de lignes"))
    show.set_defaults(run=run_show)
    export = acts.add_parser("export", help=_("écrit les traces dans un fichier (rôle RSSI)"))
    profile_options(export)
    export.add_argument("file", metavar=_("FICHIER"), type=Path, help=_("fichier à écrire"))
    export.add_argument("--format", choices=FORMATS, default="cef",
                        help=_("cef (ArcSight) ou json"))  # fmt: skip
    _filters(export)
    export.set_defaults(run=run_export)


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--actor", default="", help=_("seulement ce compte"))
    parser.add_argument("--action", default="", help=_("seulement ce genre d’acte"))
    parser.add_argument("--object", default="", help=_("seulement cet objet, ou cette entrée"))
    parser.add_argument("--at-post", default="", help=_("seulement ce poste"))
    parser.add_argument("--station", default="", help=_("seulement ce poste de travail"))
    parser.add_argument("--since", default="", help=_("à partir de ce moment"))
    parser.add_argument("--until", default="", help=_("jusqu’à ce moment"))
    parser.add_argument("--text", default="", help=_("mots cherchés partout"))


def run_verify(called: argparse.Namespace) -> int:
    """Name the first broken link, say whether lists and file are true; 1 when all is not well."""
    try:
        with opened(called) as node:
            found = station_verdicts(
                node.journal,
                node.audit,
                node.store,
                lambda: first_unfaithful(node.store),
            )
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    answer(called, found, *(trail_words.sentence(verdict) for verdict in found))
    return 0 if all(verdict.whole for verdict in found) else 1


def run_show(called: argparse.Namespace) -> int:
    """The trail, newest first, for the security officer only; the reading is itself traced."""
    with opened(called) as node:
        _security_only(node)
        page = StationTrail(node.store, label).page(
            _wanted(called, node), obj=called.object, limit=called.limit
        )
        node.audit.record(node.who, "audit.read", count=len(page.traces), asked=_asked(called))
    answer(called, page.traces, *map(_line, page.traces))
    return 0


def _line(trace: Trace) -> str:
    about = trace.label or trace.object
    return (
        f"{trace.seq:>7}  {to_datetime(trace.at):%Y-%m-%dT%H:%M:%SZ}  {trace.account} "
        f"({trace.post})  {trace.action}  {about}  {trace.detail}"
    )


def run_export(called: argparse.Namespace) -> int:
    """Write the traces that answer, oldest first; the export is traced before the file is made."""
    with opened(called) as node:
        _security_only(node)
        wanted = _wanted(called, node)
        node.audit.record(
            node.who, "audit.export", called.file.name, format=called.format, asked=_asked(called)
        )
        traces = _Counted(StationTrail(node.store, label).all(wanted, obj=called.object))
        pieces = (
            cef_document(traces, node.who.station)
            if called.format == "cef"
            else json_document(traces, node.who.station, node.clock.now(), node.who.account)
        )
        write_traces(called.file, pieces)
    told = Exported(path=printable(str(called.file)), format=called.format, count=traces.count)
    said = ngettext("{n} trace dans {path}", "{n} traces dans {path}", traces.count)
    answer(called, told, said.format(n=traces.count, path=called.file))
    return 0


class _Counted:
    """Traces, counted as they go by."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self._traces = traces
        self.count = 0

    def __iter__(self) -> Iterator[Trace]:
        for trace in self._traces:
            self.count += 1
            yield trace


def _wanted(called: argparse.Namespace, node: Node) -> TrailFilter:
    now = node.clock.now()
    return TrailFilter(
        account=called.actor,
        actions=(called.action,) if called.action else (),
        post=called.at_post,
        station=called.station,
        since=since(called.since, now=now),
        until=until(called.until, now=now),
        text=called.text,
    )


def _asked(called: argparse.Namespace) -> dict[str, str]:
    """What was asked, for the trail."""
    names = ("actor", "action", "object", "at_post", "station", "since", "until", "text")
    return {name: value for name in names if (value := getattr(called, name))}


def _security_only(node: Node) -> None:
    account = next(a for a in node.accounts.all() if a.name == node.who.account)
    if account.role != SECURITY:
        node.audit.record(node.who, "audit.refused")
        raise BeffroiError(_("Les traces ne se lisent qu’avec un compte de rôle RSSI."))
