"""`beffroi-admin import` and `export`: entries in from a table, out to one."""

import argparse
from functools import cache
from pathlib import Path

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, opened, profile_options
from beffroi.exchange import ImportReport, export_entries, import_entries
from beffroi.places import Places
from beffroi.text import _, ngettext

_SHOWN = 20


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the two commands."""
    out = commands.add_parser("export", help=_("écrit les entrées dans un fichier"))
    profile_options(out)
    out.add_argument("file", metavar=_("FICHIER"), type=Path,
                     help=_(".csv, .xlsx, .geojson ou .gpkg"))  # fmt: skip
    out.add_argument("--query", default="", help=_("recherche, comme dans la fenêtre"))
    out.set_defaults(run=run_export)
    back = commands.add_parser(
        "import", help=_("publie les entrées d’un fichier"),
        epilog=_("Code 1 si des lignes n’ont pas été reprises."),
    )  # fmt: skip
    profile_options(back)
    back.add_argument("file", metavar=_("FICHIER"), type=Path,
                      help=_(".csv, .xlsx, .geojson ou .gpkg"))  # fmt: skip
    back.add_argument("--dry-run", action="store_true", help=_("dire sans rien publier"))
    back.set_defaults(run=run_import)


def run_export(called: argparse.Namespace) -> int:
    """Write the file."""
    with opened(called) as node:
        report = export_entries(node, called.query, called.file, node.who, _located)
    said = ngettext(
        "{n} entrée ({marking}) dans {path}", "{n} entrées ({marking}) dans {path}", report.count
    )
    answer(called, report, said.format(n=report.count, marking=report.marking, path=report.path))
    return 0


def _located(name: str) -> tuple[float, float] | None:
    """Where a place that the query names is."""
    place = _places().locate(name)
    return (place.lon, place.lat) if place else None


@cache
def _places() -> Places:
    return Places()


def run_import(called: argparse.Namespace) -> int:
    """Publish what the file holds; 1 when rows were left out."""
    with opened(called) as node:
        report = import_entries(node, called.file, node.who, dry_run=called.dry_run)
    answer(called, report, *_told(report))
    return 1 if report.skipped else 0


def _told(report: ImportReport) -> list[str]:
    verb = (
        ngettext("{n} entrée à publier sur {read} lignes.", "{n} entrées à publier sur {read} lignes.", report.published)
        if report.dry_run
        else ngettext("{n} entrée publiée sur {read} lignes.", "{n} entrées publiées sur {read} lignes.", report.published)
    )  # fmt: skip
    lines = [verb.format(n=report.published, read=report.read)]
    if report.ignored:
        lines.append(
            _("Colonnes laissées de côté : {names}").format(names=", ".join(report.ignored))
        )
    for problem in report.problems[:_SHOWN]:
        where = _("Fichier") if problem.where == 0 else _("Ligne {n}").format(n=problem.where)
        lines.append(f"{where} – {problem.why}")
    more = len(report.problems) - _SHOWN
    if more > 0:
        lines.append(ngettext("… et {n} autre remarque (--json les donne toutes).",
                              "… et {n} autres remarques (--json les donne toutes).", more).format(n=more))  # fmt: skip
    return lines
