"""Erases a profile by destroying its key; what it had not sent is sealed for the hub before.

Whatever a disk keeps of the encrypted files afterwards is noise: no key to them exists any more.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec
import tomli_w

from beffroi.access import keyring_file
from beffroi.attachments.vault import Vault
from beffroi.basemaps import FOLDER as BASEMAPS_FOLDER
from beffroi.clock import Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.journal import Operation, lines
from beffroi.observations import OBSERVATIONS_FILE
from beffroi.profile import salvage
from beffroi.profile.info import (
    ATTACHMENTS_FOLDER,
    DESK_FILE,
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
    read_info,
)
from beffroi.profile.upstream import hub_link, signer
from beffroi.store import Settings, Store
from beffroi.taxonomy import OWN_FILE
from beffroi.text import _

CERTIFICATE_FILE = "effacement.toml"
ERASING = "erasing"
_SEAL = (
    "CREATE TRIGGER IF NOT EXISTS erased BEFORE INSERT ON operation "
    "BEGIN SELECT RAISE(ABORT, 'erased'); END"
)


class Erased(BeffroiError):
    """The profile is gone; `salvage` is the file with what it had not sent, if there was any."""

    def __init__(self, sentence: str, salvage: Path | None = None) -> None:
        super().__init__(sentence)
        self.salvage = salvage


def erase_profile(folder: Path, store: Store, key: bytes, why: str, clock: Clock) -> Erased:
    """Erase the profile in `folder`, open as `store` with `key`; the sentence to show or raise.

    `why` is "revoked", "expired" or "asked".  Other processes that have the store open can no
    longer write from here on.  An erasure that was interrupted goes on at the next opening.

    Raises:
        BeffroiError: what was not sent could not be written (no room): nothing is erased yet.
    """
    operations = _sealed_off(store, why)
    store.ballast.drop()
    saved = _saved(folder, store, key, operations, clock) if operations else None
    _certify(folder, store, why, len(operations), saved, clock)
    _destroy(folder)
    store.close()
    _remove(folder)
    return Erased(_sentence(why, saved), saved)


def being_erased(store: Store) -> str:
    """Why this profile is being erased, "" when it is not."""
    return str(Settings(store).get(ERASING, ""))


def _sealed_off(store: Store, why: str) -> list[Operation]:
    """From here on nobody writes; what waits for the hub, quarantine included."""
    with store.write() as connection:
        connection.execute(_SEAL)
        Settings(store).put(ERASING, why)
        rows = connection.execute(f"{lines.SELECT_WAITING} ORDER BY seq")
        return [lines.operation_of(row) for row in rows]


def _saved(
    folder: Path, store: Store, key: bytes, operations: list[Operation], clock: Clock
) -> Path | None:
    settings = Settings(store)
    link = hub_link(settings)
    if link is None or not link.salvage_key:
        return None
    info = read_info(folder)
    what, mentioned = salvage.unsent(operations, link.workspace, info.mode, link.device)
    path = _free_name(folder, f"a-transmettre-{to_datetime(clock.now()):%Y-%m-%d}")
    contents = _attachments(Vault(folder / ATTACHMENTS_FOLDER, key), mentioned)

    def write(file: BinaryIO) -> None:
        salvage.write(file, link.salvage_key, what, contents)

    _write_durably(path, write)
    return path


def _attachments(vault: Vault, mentioned: list[str]) -> Iterator[bytes]:
    """One that is damaged or no longer here must not keep the others from being saved."""
    for digest in mentioned:
        if vault.holds(digest):
            with suppress(BeffroiError):
                yield vault.get(digest)


def _free_name(folder: Path, stem: str) -> Path:
    path, n = folder / f"{stem}.beffroi", 1
    while path.exists():
        n += 1
        path = folder / f"{stem}-{n}.beffroi"
    return path


def _write_durably(path: Path, write: Callable[[BinaryIO], object]) -> None:
    temporary = path.with_name(f"{path.name}.new")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise BeffroiError(
            _(
                "Ce qui n’a pas été transmis ne peut pas être mis à l’abri : "
                "libérez de la place sur le disque, puis rouvrez le profil."
            )
        ) from error


def _certify(
    folder: Path, store: Store, why: str, count: int, saved: Path | None, clock: Clock
) -> None:
    """Leave a signed word on what was erased, when and why."""
    info = read_info(folder)
    told = {
        "title": info.title,
        "workspace": info.workspace,
        "erased_at": to_datetime(clock.now()).isoformat(timespec="seconds"),
        "why": why,
        "not_sent": count,
        "saved_in": saved.name if saved else "",
    }
    settings = Settings(store)
    if link := hub_link(settings):
        key = signer(settings, link)
        told |= {"device": key.device, "signature": key.sign(msgspec.json.encode(told))}
    _write_durably(folder / CERTIFICATE_FILE, lambda file: tomli_w.dump(told, file))


def _destroy(folder: Path) -> None:
    """Overwrite what wraps the key, then remove it; what a crash left of older ones too."""
    keyring = folder / KEYRING_FILE
    try:
        keyring_file.destroy(keyring)
        for left in folder.glob(f"{keyring.stem}*"):
            keyring_file.destroy(left)
    except OSError as error:
        raise BeffroiError(
            _("Le trousseau du profil ne peut pas être détruit : supprimez le dossier du profil.")
        ) from error


def _remove(folder: Path) -> None:
    """Without their key these are noise: what another process still holds may stay for now."""
    files = (f"{STORE_FILE}*", f"{OBSERVATIONS_FILE}*", f"{Path(KEYRING_FILE).stem}*")
    left = (path for pattern in files for path in folder.glob(pattern))
    for path in (*left, folder / OWN_FILE, folder / DESK_FILE):
        with suppress(OSError):
            path.unlink()
    for beside in (ATTACHMENTS_FOLDER, BASEMAPS_FOLDER):
        shutil.rmtree(folder / beside, ignore_errors=True)
    with suppress(OSError):
        (folder / "reserve").unlink()
    with suppress(OSError):
        (folder / INFO_FILE).unlink()


def _sentence(why: str, saved: Path | None) -> str:
    match why, saved:
        case "revoked", None:
            return _("Ce poste a été retiré du hub, le profil est effacé : voyez l’administrateur.")
        case "revoked", _path:
            told = _(
                "Ce poste a été retiré du hub, le profil est effacé : "
                "remettez le fichier {name} à l’administrateur."
            )
        case "expired", None:
            return _(
                "Ce profil, trop longtemps sans contact avec le hub, est effacé : "
                "rejoignez l’espace à nouveau."
            )
        case "expired", _path:
            told = _(
                "Ce profil, trop longtemps sans contact avec le hub, est effacé : "
                "remettez le fichier {name} à l’administrateur, puis rejoignez l’espace à nouveau."
            )
        case _, None:
            return _("Ce profil est effacé : rejoignez l’espace à nouveau s’il le faut.")
        case _:
            told = _("Ce profil est effacé : remettez le fichier {name} à l’administrateur.")
    return told.format(name=saved.name if saved else "")
