"""The file of a keyring: read with care, written whole, its former bytes overwritten."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import msgspec

from beffroi.access.slot import Slot
from beffroi.errors import BeffroiError
from beffroi.text import _

VERSION = 1
MAX_FILE_BYTES = 1_000_000


class _Version(msgspec.Struct):
    version: int = VERSION


class KeyringFile(msgspec.Struct, kw_only=True):
    """The ways in by account, and the tries on names that have none, the last one (UTC ms)."""

    version: int = VERSION
    slots: dict[str, Slot] = {}
    strangers: int = 0
    last_stranger: int = 0


def read(path: Path) -> KeyringFile:
    """What the file at `path` holds; nothing when there is none.

    Raises:
        BeffroiError: it cannot be read, or comes from a later Beffroi.
    """
    try:
        if not path.is_file():
            return KeyringFile()
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ValueError
        data = path.read_bytes()
        if msgspec.json.decode(data, type=_Version).version > VERSION:
            raise BeffroiError(
                _("Ce profil vient d’une version plus récente de Beffroi : mettez le poste à jour.")
            )
        file = msgspec.json.decode(data, type=KeyringFile)
        if not all(slot.sound() for slot in file.slots.values()) or file.strangers < 0:
            raise ValueError
        return file
    except OSError as error:
        raise BeffroiError(
            _(
                "Le trousseau du profil ne peut pas être lu : vérifiez vos droits sur {name}."
            ).format(name=path.name)
        ) from error
    except (ValueError, msgspec.DecodeError) as error:
        raise BeffroiError(
            _(
                "Le trousseau du profil est illisible : restaurez {name} depuis une sauvegarde."
            ).format(name=path.name)
        ) from error


def write(path: Path, file: KeyringFile) -> None:
    """Replace the file at `path`: the former ways in are overwritten, not left in free blocks.

    Raises:
        BeffroiError: no room, or no right to write.
    """
    temporary = path.with_suffix(".new")
    former = path.with_name(f"{path.name}.{uuid4().hex}.old")
    try:
        _write_durably(temporary, msgspec.json.encode(file))
        with suppress(OSError):  # nothing there yet, or a disk that knows no second name
            os.link(path, former)
        temporary.replace(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier du profil ne peut pas être écrit\u00a0: "
                "vérifiez vos droits et la place libre, puis recommencez."
            )
        ) from error
    with suppress(OSError):
        destroy(former)


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        path.chmod(0o600)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def destroy(path: Path) -> None:
    """Overwrite the file, then remove it."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
