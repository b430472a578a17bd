"""What a profile says of itself: openly for the login screen, and sealed in its store."""

import tomllib
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from beffroi.errors import BeffroiError
from beffroi.store import Settings
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
