"""Opens a profile from the command line, and prints."""

import argparse
import contextlib
import getpass
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from beffroi.access import Keyring
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from beffroi.profile import KEYRING_FILE, read_info
from beffroi.text import _

_MAX_SECRET = 10_000
_DRIVING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def profile_options(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a profile and unlock it."""
    parser.add_argument("profile", metavar=_("PROFIL"), type=Path, help=_("dossier du profil"))
    parser.add_argument("--account", default=os.environ.get("BEFFROI_ACCOUNT", ""),
                        help=_("compte (sinon le premier que le mot de passe ouvre)"))  # fmt: skip
    parser.add_argument("--post", default="", help=_("poste tenu (le premier du compte sinon)"))
    secret_option(parser)
    json_option(parser)


def secret_option(parser: argparse.ArgumentParser) -> None:
    """The argument that gives the secret where no person can type it."""
    parser.add_argument("--passphrase-file", metavar=_("FICHIER"), type=Path, default=None,
                        help=_("fichier du mot de passe (sinon BEFFROI_PASSPHRASE)"))  # fmt: skip


def json_option(parser: argparse.ArgumentParser) -> None:
    """The argument that asks for one JSON document."""
    parser.add_argument("--json", action="store_true", help=_("réponse en un document JSON"))


@contextlib.contextmanager
def opened(called: argparse.Namespace) -> Iterator[Node]:
    """The profile that the call names, unlocked, and closed afterwards."""
    read_info(called.profile)
    secret = secret_of(called)
    node = open_node(called.profile, _account(called, secret), secret, post=called.post)
    try:
        yield node
    finally:
        node.close()


def _account(called: argparse.Namespace, secret: str) -> str:
    """The account that was named, or else the first one that the secret opens."""
    if called.account:
        return str(called.account)
    return Keyring(called.profile / KEYRING_FILE, Clock()).opened_by(secret)


def given_secret(called: argparse.Namespace) -> str:
    """The secret given by file or by environment, empty when there is none."""
    if called.passphrase_file is not None:
        return _first_line(called.passphrase_file)
    return os.environ.get("BEFFROI_PASSPHRASE", "")


def secret_of(called: argparse.Namespace) -> str:
    """The secret given by file, by environment or at the keyboard.

    Raises:
        BeffroiError: there is none, and nobody to type it.
    """
    if secret := given_secret(called):
        return secret
    if sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError):
            return getpass.getpass(_("Mot de passe : "))
    raise BeffroiError(
        _("Donnez le mot de passe avec --passphrase-file ou la variable BEFFROI_PASSPHRASE.")
    )


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(_MAX_SECRET).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BeffroiError(
            _(
                "Le fichier de mot de passe {path} ne peut pas être lu : vérifiez son nom et vos droits."
            ).format(path=path)
        ) from error


def shown(text: str) -> str:
    """`text` as a terminal may show it: what others typed must not drive the reader's screen."""
    return _DRIVING.sub("\ufffd", text)


def say(line: str) -> None:
    """One line on stdout."""
    sys.stdout.write(f"{line}\n")


def answer(called: argparse.Namespace, document: Any, *lines: str) -> None:
    """The outcome: one JSON document when asked for, sentences otherwise."""
    if called.json:
        text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
        say(_DRIVING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
        return
    for line in lines:
        say(shown(line))
