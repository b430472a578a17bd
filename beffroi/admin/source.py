"""`beffroi-admin source`: what Beffroi understands of a file or an address, without a window."""

import argparse
import sys
from pathlib import Path

from beffroi.admin import collecting
from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, json_option
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.plugin.kinds import too_big
from beffroi.plugin.limits import MAX_BYTES
from beffroi.sources import report
from beffroi.sources.addresses import recognise
from beffroi.sources.fetching import fetch_now
from beffroi.sources.guard import read_guarded
from beffroi.sources.registry import formats
from beffroi.sources.understood import Understood
from beffroi.text import _

STDIN = "-"
_FLAGS = {"true": True, "false": False}


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `source read` and `source formats`."""
    source = commands.add_parser("source", help=_("lit des sources de données"))
    acts = source.add_subparsers(metavar=_("ACTION"), required=True, dest="act")
    read = acts.add_parser(
        "read", help=_("dit ce que Beffroi comprend d’un fichier ou d’une adresse")
    )
    read.add_argument(
        "what", metavar=_("FICHIER|ADRESSE"), help=_("fichier, adresse http(s), ou - pour l’entrée")
    )
    read.add_argument("--source", metavar="ID", default="",
                      help=_("nom sous lequel la source est lue"))  # fmt: skip
    read.add_argument("--format", metavar="FORMAT", default="",
                      help=_("format imposé (voyez «\u202fsource formats\u202f»)"))  # fmt: skip
    read.add_argument("--option", metavar=_("CLÉ=VALEUR"), action="append", default=[],
                      help=_("option de lecture, comme sheet=Sites ou crs=EPSG:2154"))  # fmt: skip
    read.add_argument("--allow", metavar=_("MACHINE"), action="append", default=[],
                      help=_("machine ou réseau privé que l’adresse peut joindre"))  # fmt: skip
    json_option(read)
    read.set_defaults(run=run_read)
    listed = acts.add_parser("formats", help=_("montre les formats que Beffroi sait lire"))
    json_option(listed)
    listed.set_defaults(run=run_formats)
    collecting.declare(acts)


def run_read(called: argparse.Namespace) -> int:
    """Say what was understood; what could not be read is in the report."""
    found = _understood(called)
    lines = () if called.json else tuple(report.sentences(found))
    answer(called, report.document(found) if called.json else None, *lines)
    return 0


def run_formats(called: argparse.Namespace) -> int:
    """All formats with the words that name them."""
    known = [
        {"format": manifest.id, "title": manifest.title, "words": manifest.words}
        for manifest in formats()
    ]
    wide = max((len(str(one["format"])) for one in known), default=0)
    answer(called, known, *(f"{one['format']!s:<{wide}}  {one['title']}" for one in known))
    return 0


def _understood(called: argparse.Namespace) -> Understood:
    options = dict(map(_option, called.option))
    now = Clock().now()
    if called.what == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_big()
        name = called.source
        return read_guarded(data, name=name, format=called.format, options=options, received=now)
    origin = recognise(called.what)
    if "://" in called.what and origin.transport not in ("", "file", "folder", "paste"):
        return _fetched(called, origin.transport, options, now)
    path = Path(called.what)
    if path.is_dir():
        raise BeffroiError(
            _("«\u202f{name}\u202f» est un dossier\u00a0: donnez l’un de ses fichiers.").format(
                name=path.name
            )
        )
    return read_guarded(path.resolve(), format=called.format, options=options, received=now)


def _fetched(
    called: argparse.Namespace,
    transport: str,
    options: dict[str, str | int | float | bool],
    now: int,
) -> Understood:
    """What is at an address now; private machines only when the call allows them."""
    fetched = fetch_now(called.what, transport, options, allow=called.allow)
    return read_guarded(
        fetched.data, name=fetched.name, media_type=fetched.media_type, format=called.format,
        options=options, received=now,
    )  # fmt: skip


def _option(told: str) -> tuple[str, str | int | float | bool]:
    """`key=value` as it was typed; numbers stay words: plugins read them."""
    key, equals, value = told.partition("=")
    if not (key and equals):
        raise BeffroiError(
            _("L’option «\u202f{told}\u202f» s’écrit CLÉ=VALEUR.").format(told=told[:40])
        )
    return key, _FLAGS.get(value, value)
