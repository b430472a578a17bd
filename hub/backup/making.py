"""Makes a backup of a hub, running or not: its keys, its database, its attachments, in one sealed file."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from beffroi.access.slot import Cost
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.backup import dump, files
from hub.backup.sealed import PIECE, SealedWriter
from hub.db import Database
from hub.keys import Keys
from hub.keys.keys import EVERY, STORE
from hub.settings import Settings
from hub.version import VERSION

MANIFEST, DATABASE, WAL, DUMP = (
    "manifest",
    "database/hub.db",
    "database/hub.db-wal",
    "database/dump",
)
KEYS, BLOBS = "keys/", "attachments/"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: first in the file, so that a restore knows where it goes.

    `blobs` is false when attachments lie elsewhere (S3), with a backup of their own.
    """

    version: str
    at: int
    dialect: str
    head: int
    accounts: int
    blobs: bool


async def make(
    path: Path,
    passphrase: str,
    settings: Settings,
    keys: Keys,
    database: Database,
    clock: Clock,
    *,
    cost: Cost | None = None,
) -> Manifest:
    """Write the backup at `path`; it takes that name only when it is whole.

    Raises:
        BeffroiError: the file is there already or cannot be written, a passphrase too short,
            PostgreSQL's tools missing.
    """
    _refuse_taken(path)
    temporary = path.with_name(f".{path.name}.new")
    try:
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            manifest = await _written(file, passphrase, settings, keys, database, clock, cost)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise BeffroiError(
            _("La sauvegarde ne peut pas être écrite dans {folder}\u00a0: vérifiez vos droits et la place libre.").format(
                folder=path.parent)
        ) from error  # fmt: skip
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise BeffroiError(
            _("Le fichier {path} existe déjà\u00a0: donnez un autre nom.").format(path=path)
        )


async def _written(
    file: BinaryIO,
    passphrase: str,
    settings: Settings,
    keys: Keys,
    database: Database,
    clock: Clock,
    cost: Cost | None,
) -> Manifest:
    writer = await asyncio.to_thread(SealedWriter, file, passphrase, cost)
    manifest = await _counted(settings, database, clock)
    await asyncio.to_thread(_first, writer, manifest, keys)
    if settings.database:
        await asyncio.to_thread(files.put, writer, DUMP, dump.dumped(settings.database))
    else:
        # Nobody writes while the file is copied (PostgreSQL dumps a snapshot).  The file
        # goes before its WAL: what a checkpoint moves meanwhile is then in both.
        async with database.write():
            for name, path in ((DATABASE, settings.database_file),
                               (WAL, settings.database_file.with_name("hub.db-wal"))):  # fmt: skip
                if path.is_file():
                    await asyncio.to_thread(files.put, writer, name, _read(path))
    if manifest.blobs:
        await asyncio.to_thread(_put_blobs, writer, Path(settings.blobs_place))
    await asyncio.to_thread(files.finish, writer)
    return manifest


async def _counted(settings: Settings, database: Database, clock: Clock) -> Manifest:
    async with database.read() as session:
        head = await session.row("SELECT coalesce(max(head), 0) FROM ledger_head")
        accounts = await session.row("SELECT count(*) FROM account")
    return Manifest(
        version=VERSION,
        at=clock.now(),
        dialect=database.dialect,
        head=int(head[0]) if head else 0,
        accounts=int(accounts[0]) if accounts else 0,
        blobs="://" not in settings.blobs_place,
    )


def _first(writer: SealedWriter, manifest: Manifest, keys: Keys) -> None:
    files.put(writer, MANIFEST, [msgspec.json.encode(manifest)])
    for name in EVERY:
        if name == STORE and manifest.dialect != "sqlite" and not keys.folder.has(name):
            continue
        files.put(writer, f"{KEYS}{name}", [keys.folder.read(name)])


def _put_blobs(writer: SealedWriter, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            files.put(writer, f"{BLOBS}{path.relative_to(folder).as_posix()}", _read(path))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
