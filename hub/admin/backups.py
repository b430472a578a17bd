"""`beffroi-admin hub backup`, `restore` and `migrate`."""

import argparse
import asyncio
import contextlib
import getpass
import os
import sys
from pathlib import Path

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, json_option, secret_of
from beffroi.clock import PARIS, Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub import backup
from hub.admin.office import command, existing_keys, open_database, opened
from hub.admin.times import shown_moment
from hub.starting.alone import alone
from hub.starting.options import place_options, settings_of
from hub.trail import HUB, Trail
from hub.version import VERSION

_VARIABLE = "BEFFROI_BACKUP_PASSPHRASE"


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    make = command(commands, "backup", _("sauvegarde le hub, en marche ou non, en un fichier chiffré"), run_backup)  # fmt: skip
    make.add_argument("file", metavar=_("FICHIER"), type=Path, nargs="?", default=None,
                      help=_("fichier à écrire (hub-DATE.sauvegarde)"))  # fmt: skip
    _passphrase_option(make)
    again = commands.add_parser(
        "restore", help=_("restaure une sauvegarde dans un dossier vide"),
        description=_("Restaure une sauvegarde dans un dossier vide (et une base vide)."),
        epilog=_("Il ne faut pas de compte\u00a0: qui a le fichier et son mot de passe a tout."),
    )  # fmt: skip
    again.add_argument("file", metavar=_("FICHIER"), type=Path)
    _passphrase_option(again)
    place_options(again)
    json_option(again)
    again.set_defaults(run=lambda called: asyncio.run(run_restore(called)))
    migrate = commands.add_parser(
        "migrate", help=_("met la base au niveau de cette version, hub arrêté"),
        epilog=_("Le hub le fait aussi de lui-même à son démarrage."),
    )  # fmt: skip
    place_options(migrate)
    json_option(migrate)
    migrate.set_defaults(run=lambda called: asyncio.run(run_migrate(called)))


async def run_backup(called: argparse.Namespace) -> int:
    """Write the backup."""
    async with opened(called, ("make", "backup")) as office:
        now = to_datetime(office.clock.now(), PARIS)
        path = (called.file or Path(f"hub-{now:%Y-%m-%d-%H%M}.sauvegarde")).absolute()
        passphrase = _passphrase(called, twice=True)
        made = await backup.make(
            path, passphrase, office.settings, office.keys, office.database, office.clock
        )
        await office.note("backup.made", path.name, head=made.head)
    lines = [_("Sauvegarde écrite\u00a0: {path}").format(path=path)]
    if not made.blobs:
        lines.append(
            _("Les pièces jointes sont sur S3\u00a0: sauvegardez-les là-bas, par ses moyens à lui.")
        )
    lines.append(_("Essayez-la maintenant\u00a0: beffroi-admin hub restore --data AUTRE-DOSSIER {path}").format(path=path))  # fmt: skip
    answer(called, {"path": str(path), "manifest": made}, *lines)
    return 0


async def run_restore(called: argparse.Namespace) -> int:
    """Put it back."""
    settings, clock = settings_of(called), Clock()
    if not settings.database and settings.data.exists() and any(settings.data.iterdir()):
        raise BeffroiError(
            _("Le dossier {folder} n’est pas vide\u00a0: restaurez dans un autre.").format(
                folder=settings.data
            )
        )
    made = await backup.restore(called.file, _passphrase(called), settings, clock)
    keys = existing_keys(settings, clock)
    database = await open_database(settings, keys)
    try:
        await Trail(database, clock, keys.seal).record(HUB, "restored", "", at=made.at)
    finally:
        await database.close()
    answer(
        called, {"restored": made},
        _("Hub restauré tel qu’au {moment} ({n} opérations). Lancez\u00a0: beffroi-hub --data {folder}").format(
            moment=shown_moment(made.at), n=made.head, folder=settings.data),
        _("Chacun devra se reconnecter."),
        _("Ce qui fut décidé depuis est oublié\u00a0: révoquez, retirez et verrouillez à nouveau ce qui doit l’être."),
    )  # fmt: skip
    return 0


async def run_migrate(called: argparse.Namespace) -> int:
    """Bring the schema up to date."""
    settings, clock = settings_of(called), Clock()
    keys = existing_keys(settings, clock)
    with alone(settings):
        database = await open_database(settings, keys)
        try:
            await Trail(database, clock, keys.seal).record(HUB, "migrated", VERSION)
        finally:
            await database.close()
    answer(called, {"version": VERSION}, _("La base est au niveau de Beffroi {version}.").format(version=VERSION))  # fmt: skip
    return 0


def _passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--backup-passphrase-file", metavar=_("FICHIER"), type=Path, default=None,
                        help=_("mot de passe de la sauvegarde (sinon {name}, sinon au clavier)").format(name=_VARIABLE))  # fmt: skip


def _passphrase(called: argparse.Namespace, *, twice: bool = False) -> str:
    if called.backup_passphrase_file is not None:
        return secret_of(argparse.Namespace(passphrase_file=called.backup_passphrase_file))
    if told := os.environ.get(_VARIABLE, ""):
        return told
    if sys.stdin is None or not sys.stdin.isatty():
        raise BeffroiError(
            _(
                "Donnez le mot de passe de la sauvegarde avec --backup-passphrase-file "
                "ou la variable {name}."
            ).format(name=_VARIABLE)
        )
    with contextlib.suppress(EOFError):
        first = getpass.getpass(_("Mot de passe de la sauvegarde\u00a0: "))
        if not twice or first == getpass.getpass(_("Encore une fois\u00a0: ")):
            return first
    raise BeffroiError(_("Les deux mots de passe diffèrent\u00a0: recommencez."))
