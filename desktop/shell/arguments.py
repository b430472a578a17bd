"""What can be said on the command line of `beffroi`."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.text import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """A start as it was asked for; `secret` is empty when the person will type it."""

    folder: Path | None = None
    account: str = ""
    secret: str = ""
    ready_file: Path | None = None
    quit_after_ready: bool = False
    self_test: bool = False


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line.

    Raises:
        BeffroiError: the passphrase file cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="beffroi", description=_("Ouvre le poste de travail Beffroi sur un profil.")
    )
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help=_("dossier du profil (par défaut, le dernier ouvert)"))
    add("--account", default="", help=_("compte à ouvrir"))
    add(
        "--passphrase-file", type=Path, help=_("fichier dont la première ligne est le mot de passe")
    )
    add("--ready-file", type=Path, help=_("écrire là les temps de démarrage, en JSON"))
    add("--quit-after-ready", action="store_true", help=_("quitter dès que tout est affiché"))
    add("--self-test", action="store_true", help=_("s’ouvrir, se vérifier et sortir"))
    said = parser.parse_args(argv)
    return Arguments(
        folder=said.folder,
        account=said.account,
        secret=_secret(said.passphrase_file) if said.account else "",
        ready_file=said.ready_file,
        quit_after_ready=said.quit_after_ready,
        self_test=said.self_test,
    )


def _secret(path: Path | None) -> str:
    if path is None:
        return os.environ.get("BEFFROI_PASSPHRASE", "")
    try:
        return (path.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise BeffroiError(
            _("Le fichier de mot de passe {path} ne peut pas être lu : vérifiez son nom.").format(
                path=path
            )
        ) from error
