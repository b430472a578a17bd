"""`beffroi-admin basemap`: packs of ground made, checked, installed and removed, without a window."""

import argparse
from pathlib import Path
from typing import Any

import msgspec

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, json_option
from beffroi.basemaps.opening import open_pack
from beffroi.basemaps.pack import MOST_ZOOM, Pack
from beffroi.basemaps.shelf import Installed, Shelf
from beffroi.basemaps.themes import MAX_ZOOM
from beffroi.basemaps.words import described
from beffroi.errors import BeffroiError
from beffroi.text import _


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `basemap build`, `check`, `list`, `install` and `remove`."""
    basemap = commands.add_parser("basemap", help=_("fabrique et installe des fonds de carte"))
    acts = basemap.add_subparsers(metavar=_("ACTION"), required=True, dest="act")
    build = acts.add_parser("build", help=_("fabrique un fond depuis un extrait OpenStreetMap"))
    build.add_argument("source", metavar=_("EXTRAIT"), type=Path,
                       help=_("fichier .osm.pbf, GeoPackage, GeoJSON ou MBTiles"))  # fmt: skip
    build.add_argument("--to", metavar=_("FOND.pmtiles"), type=Path, required=True,
                       help=_("fichier à écrire"))  # fmt: skip
    build.add_argument("--title", default="", help=_("nom du fond (sinon celui de l’extrait)"))
    build.add_argument("--attribution", default="", help=_("mention des auteurs des données"))
    build.add_argument("--max-zoom", metavar="N", type=int, default=MAX_ZOOM,
                       help=_("dernier zoom fabriqué ({n} sinon)").format(n=MAX_ZOOM))  # fmt: skip
    json_option(build)
    build.set_defaults(run=run_build)
    check = acts.add_parser("check", help=_("vérifie un fond et dit ce qu’il contient"))
    check.add_argument("file", metavar=_("FOND"), type=Path)
    json_option(check)
    check.set_defaults(run=run_check)
    listed = acts.add_parser("list", help=_("montre les fonds installés"))
    _place(listed)
    listed.set_defaults(run=run_list)
    install = acts.add_parser("install", help=_("installe un fond pour un profil ou pour le poste"))
    install.add_argument("file", metavar=_("FOND"), type=Path)
    _place(install)
    install.set_defaults(run=run_install)
    remove = acts.add_parser("remove", help=_("retire un fond installé"))
    remove.add_argument("name", metavar=_("NOM"))
    _place(remove)
    remove.set_defaults(run=run_remove)


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", metavar=_("PROFIL"), type=Path, default=None,
                        help=_("dossier du profil (sinon tous les profils du poste)"))  # fmt: skip
    json_option(parser)


def run_build(called: argparse.Namespace) -> int:
    """Build a pack and say what is in it."""
    from beffroi.basemaps.building import build  # loads GDAL: only for those who build

    if not 0 <= called.max_zoom <= MOST_ZOOM:
        raise BeffroiError(_("Le dernier zoom va de 0 à {n}.").format(n=MOST_ZOOM))
    source = called.source
    if not source.is_file():
        raise BeffroiError(
            _("Le fichier «\u202f{name}\u202f» est introuvable : vérifiez son chemin.").format(
                name=source
            )
        )
    built = build(
        source, called.to, title=called.title, attribution=called.attribution,
        max_zoom=called.max_zoom,
        said=lambda words: None if called.json else print(words, flush=True),  # noqa: T201
    )  # fmt: skip
    done = _("Fond écrit en {s}\u00a0s : {words}").format(
        s=built.seconds, words=described(built.pack)
    )
    told = {**_told(built.pack), "features": built.features, "seconds": built.seconds}
    answer(called, told, done)
    return 0


def run_check(called: argparse.Namespace) -> int:
    """Open a pack as the map would, and say what it is."""
    tiles = open_pack(called.file)
    tiles.close()
    answer(called, _told(tiles.pack), described(tiles.pack))
    return 0


def run_list(called: argparse.Namespace) -> int:
    """All packs, those that cannot be used as well."""
    found = Shelf(called.profile).all()
    lines = [_line(one) for one in found] or [_("Aucun fond installé.")]
    answer(called, [_entry(one) for one in found], *lines)
    return 0


def run_install(called: argparse.Namespace) -> int:
    """Check a pack and copy it where profiles find it."""
    one = Shelf(called.profile).install(called.file, shared=called.profile is None)
    answer(called, _entry(one), _("Installé : {line}").format(line=_line(one)))
    return 0


def run_remove(called: argparse.Namespace) -> int:
    """Delete an installed pack."""
    Shelf(called.profile).remove(called.name)
    answer(called, {"removed": called.name}, _("Retiré : {name}").format(name=called.name))
    return 0


def _line(one: Installed) -> str:
    return f"{one.uid}  {described(one.pack) if one.pack else one.problem}"


def _entry(one: Installed) -> dict[str, Any]:
    told = _told(one.pack) if one.pack else {"problem": one.problem}
    return {"name": one.uid, "file": one.path.name, "shared": one.shared, **told}


def _told(pack: Pack) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(pack)
    return told
