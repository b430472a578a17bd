"""A profile is a folder: what it is called, its keyring, its encrypted store, its attachments."""

import os
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import tomli_w

from beffroi.access import Account, Accounts, Keyring
from beffroi.access.keyring import Cost, new_key
from beffroi.clock import Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.store import Settings, Store
from beffroi.taxonomy import OWN_FILE
from beffroi.text import _

INFO_FILE = "profile.toml"
KEYRING_FILE = "keyring.json"
STORE_FILE = "store.db"
ATTACHMENTS_FOLDER = "attachments"
DESK_FILE = "desk.ini"
MAX_INFO_BYTES = 100_000
_SEALED = "profile"


class ProfileInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What the login screen may show before anyone is known: nothing secret.

    The store holds it too, and is believed: anyone can write in a file that lies open.
    `replay` is for a demonstration: at each opening its clock goes on from where the trail stopped.
    """

    title: str
    workspace: str
    mode: Literal["real", "exercise", "test", "training"] = "real"
    zone: str = "Europe/Paris"
    marking: Literal["NP", "DR", "DR_SF"] = "DR"
    journal: str = "MC"
    replay: bool = False

    def __post_init__(self) -> None:
        """Refuse a time zone that does not exist."""
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(self.zone) from error


def is_profile(folder: Path) -> bool:
    """Whether `folder` looks like a profile."""
    try:
        return (folder / INFO_FILE).is_file()
    except OSError:
        return False


def read_info(folder: Path) -> ProfileInfo:
    """What `folder` says of itself, without any secret.

    Raises:
        BeffroiError: the folder is no profile, or its description cannot be read.
    """
    path = folder / INFO_FILE
    if not is_profile(folder):
        raise BeffroiError(
            _("Le dossier {folder} n’est pas un profil Beffroi : choisissez-en un autre.").format(
                folder=folder
            )
        )
    try:
        if path.stat().st_size > MAX_INFO_BYTES:
            raise ValueError
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), ProfileInfo)
    except (ValueError, OSError, msgspec.ValidationError) as error:
        raise BeffroiError(
            _("La description du profil est illisible : restaurez {path}.").format(path=path)
        ) from error


def sealed_info(settings: Settings, told: ProfileInfo) -> ProfileInfo:
    """What the store holds of the profile; a store made before it did takes what is `told`."""
    known = settings.get(_SEALED)
    if known is None:
        settings.put(_SEALED, msgspec.to_builtins(told))
        return told
    return msgspec.convert(known, ProfileInfo)


def create_profile(
    folder: Path,
    info: ProfileInfo,
    accounts: Sequence[tuple[Account, str]],
    clock: Clock,
    *,
    cost: Cost | None = None,
) -> None:
    """Make a profile that each of `accounts` opens with its own secret.

    `cost` is the price of one guess at a secret; keep the default outside tests.

    Raises:
        BeffroiError: the folder is already a profile or cannot be written, no account was given,
            or a secret is too short.
    """
    if is_profile(folder):
        raise BeffroiError(
            _("Le dossier {folder} contient déjà un profil : choisissez-en un autre.").format(
                folder=folder
            )
        )
    if not accounts:
        raise BeffroiError(_("Un profil a besoin d’au moins un compte : ajoutez-en un."))
    with made_whole(folder) as workshop:
        key = new_key()
        keyring = Keyring(workshop / KEYRING_FILE, clock)
        for account, secret in accounts:
            keyring.add(account.name, secret, key, cost=cost)
        _first_rows(workshop, key, info, [account for account, _secret in accounts], clock)
        (workshop / INFO_FILE).write_text(tomli_w.dumps(msgspec.to_builtins(info)), "utf-8")


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A folder to work in, that takes the place of `folder` when all went well, else vanishes.

    Nobody but its owner may look into it.

    Raises:
        BeffroiError: `folder` holds something already, or cannot be written.
    """
    folder = folder.absolute()
    workshop = folder.parent / f".{folder.name}.new"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BeffroiError(
                _("Le dossier {folder} n’est pas vide : choisissez-en un autre.").format(
                    folder=folder
                )
            )
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.parent.mkdir(parents=True, exist_ok=True)
        workshop.mkdir(mode=0o700)
        yield workshop
        if folder.is_dir():
            folder.rmdir()
        workshop.rename(folder)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier {folder} ne peut pas être écrit : "
                "vérifiez vos droits et la place libre."
            ).format(folder=folder)
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def copy_profile(folder: Path, store: Store, to: Path) -> None:
    """Copy an open profile whole, encrypted as it is; the copy opens with the same secrets.

    Raises:
        BeffroiError: `to` holds something already, or the copy failed (nothing is left of it).
    """
    with made_whole(to) as workshop:
        for name in (INFO_FILE, KEYRING_FILE):
            shutil.copyfile(folder / name, workshop / name)
        for name in (OWN_FILE, DESK_FILE):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, workshop / name)
        store.copy_to(workshop / STORE_FILE)
        if (folder / ATTACHMENTS_FOLDER).is_dir():
            shutil.copytree(
                folder / ATTACHMENTS_FOLDER,
                workshop / ATTACHMENTS_FOLDER,
                ignore=shutil.ignore_patterns("*.new"),
            )
        os.sync()  # the key that carries it may be pulled out at once


def _first_rows(
    folder: Path, key: bytes, info: ProfileInfo, accounts: Sequence[Account], clock: Clock
) -> None:
    store = Store(folder / STORE_FILE, key)
    try:
        with store.write() as connection:
            connection.execute(
                "INSERT INTO logbook (code, title, prefix, last_number) VALUES (?,?,?,0)",
                (info.journal, info.title, f"{info.journal}-{to_datetime(clock.now()).year}"),
            )
            for account in accounts:
                Accounts(store).put(account)
            sealed_info(Settings(store), info)
    finally:
        store.close()
