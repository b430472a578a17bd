"""`beffroi-admin demo`: makes the demo profile."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, given_secret, json_option, secret_option
from beffroi.errors import BeffroiError
from beffroi.profile import is_profile
from beffroi.text import _, ngettext, printable

_BAR = 30


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help=_("fabrique le profil de démonstration"))
    parser.add_argument("profile", metavar=_("PROFIL"), type=Path, help=_("dossier à créer"))
    parser.add_argument("--if-missing", action="store_true",
                        help=_("ne rien faire si le profil existe déjà"))  # fmt: skip
    parser.add_argument("--days", type=int, default=10, help=_("nombre de jours, de 1 à 10"))
    parser.add_argument("--seed", type=int, default=None, help=_("graine du hasard"))
    secret_option(parser)
    json_option(parser)
    parser.set_defaults(run=run)


def run(called: argparse.Namespace) -> int:
    """Make the profile, unless it is there and `--if-missing` was said."""
    from beffroi import demo

    folder: Path = called.profile
    if called.if_missing and is_profile(folder):
        answer(called, {"profile": printable(str(folder)), "made": False},
               _("Le profil {folder} existe déjà.").format(folder=folder))  # fmt: skip
        return 0
    if not 1 <= called.days <= demo.MAX_DAYS:
        raise BeffroiError(
            _("La démonstration dure de 1 à 10 jours : choisissez --days de 1 à 10.")
        )
    started = time.monotonic()
    seed = demo.SEED if called.seed is None else called.seed
    secret = given_secret(called) or demo.DEMO_PASSPHRASE
    total = demo.make_demo(
        folder, seed=seed, days=called.days, progress=_bar(called), secret=secret
    )
    seconds = round(time.monotonic() - started, 1)
    document = {
        "profile": printable(str(folder)),
        "made": True,
        "entries": total,
        "seconds": seconds,
    }
    made = ngettext("{n} entrée dans {folder}", "{n} entrées dans {folder}", total)
    answer(called, document, made.format(n=total, folder=folder), _way_in(secret))
    return 0


def _way_in(secret: str) -> str:
    """How to open it; a secret of the caller's own is not repeated."""
    from beffroi import demo

    if secret != demo.DEMO_PASSPHRASE:
        return _("Compte : {account}, avec votre mot de passe").format(account=demo.DEMO_ACCOUNT)
    return _("Compte : {account}, mot de passe : {secret}").format(
        account=demo.DEMO_ACCOUNT, secret=secret
    )


def _bar(called: argparse.Namespace) -> Callable[[float], None] | None:
    """A bar on a terminal, nothing in a pipe."""
    if called.json or not sys.stderr.isatty():
        return None

    def draw(share: float) -> None:
        full = round(share * _BAR)
        end = "\n" if share >= 1 else ""
        sys.stderr.write(f"\r[{'█' * full}{'·' * (_BAR - full)}] {share:4.0%}{end}")
        sys.stderr.flush()

    return draw
