"""Puts a hub back from a backup: elsewhere or here again, on an empty folder and an empty database."""

import asyncio
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.backup import dump, files
from hub.backup.making import BLOBS, DATABASE, DUMP, KEYS, MANIFEST, WAL, Manifest
from hub.backup.sealed import SealedReader, unreadable
from hub.db import Database, open_embedded, open_postgres, restored
from hub.db.inhabited import has_tables
from hub.keys import Keys
from hub.keys.folder import KeyFolder
from hub.keys.keys import EVERY
from hub.settings import Settings

_BLOB = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,4}")


async def restore(path: Path, passphrase: str, settings: Settings, clock: Clock) -> Manifest:
    """Put back what the backup at `path` holds; nothing is left when it fails.

    Everyone logs in again afterwards: sessions of the time of the backup are over.

    Raises:
        BeffroiError: wrong passphrase, damaged file, a folder or a database that is not empty, or
            what was restored is not what was saved.
    """
    _refuse_full(settings)
    try:
        await asyncio.to_thread(_read_whole, path, passphrase)
        manifest = await asyncio.to_thread(_pour, path, passphrase, settings)
        keys = Keys(settings.keys_folder, clock)
        database = await _opened(settings, keys)
        try:
            await _prove(database, manifest, clock)
        finally:
            await database.close()
    except OSError as error:
        _clear(settings)
        raise BeffroiError(
            _("La sauvegarde {path} ou le dossier {folder} n’est pas accessible\u00a0: vérifiez vos droits et la place.").format(
                path=path, folder=settings.data)
        ) from error  # fmt: skip
    except BaseException:
        _clear(settings)
        raise
    return manifest


def _refuse_full(settings: Settings) -> None:
    folders = [settings.keys_folder]
    if not settings.database:
        folders.append(settings.data)
    for folder in folders:
        if folder.exists() and any(folder.iterdir()):
            raise BeffroiError(
                _("Le dossier {folder} n’est pas vide\u00a0: restaurez dans un autre.").format(
                    folder=folder
                )
            )
    if settings.database and has_tables(settings.database):
        raise BeffroiError(_("La base n’est pas vide\u00a0: restaurez dans une base neuve."))


def _read_whole(path: Path, passphrase: str) -> None:
    """Prove every byte before the first one is put anywhere."""
    with path.open("rb") as file:
        for _name, parts in files.each(SealedReader(file, passphrase)):
            for _part in parts:
                pass


def _pour(path: Path, passphrase: str, settings: Settings) -> Manifest:
    manifest: Manifest | None = None
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("rb") as file:
        for name, parts in files.each(SealedReader(file, passphrase)):
            if manifest is None:
                manifest = _manifest(name, parts, settings)
            else:
                _place(name, parts, settings)
    if manifest is None:
        raise unreadable()
    return manifest


def _manifest(name: str, parts: Iterator[bytes], settings: Settings) -> Manifest:
    if name != MANIFEST:
        raise unreadable()
    try:
        manifest = msgspec.json.decode(files.whole(parts), type=Manifest)
    except (ValueError, msgspec.DecodeError) as error:
        raise unreadable() from error
    if (manifest.dialect == "postgresql") != bool(settings.database):
        raise BeffroiError(
            _(
                "Cette sauvegarde vient d’un autre moteur\u00a0: restaurez-la avec --database pour "
                "PostgreSQL, sans pour un fichier."
            )
        )
    return manifest


def _place(name: str, parts: Iterator[bytes], settings: Settings) -> None:
    """Put one content where it belongs; names from the file never lead out of the hub's folders."""
    match name:
        case _ if name == DATABASE:
            _write(settings.database_file, parts)
        case _ if name == WAL:
            _write(settings.database_file.with_name("hub.db-wal"), parts)
        case _ if name == DUMP and settings.database:
            dump.restored(settings.database, parts)
        case _ if name.removeprefix(KEYS) in EVERY and name.startswith(KEYS):
            KeyFolder(settings.keys_folder).write(name.removeprefix(KEYS), files.whole(parts))
        case _ if name.startswith(BLOBS) and _BLOB.fullmatch(name.removeprefix(BLOBS)):
            inside = name.removeprefix(BLOBS)
            if ".." in inside.split("/"):
                raise unreadable()
            _write(Path(settings.blobs_place) / inside, parts)
        case _:
            raise unreadable()


def _write(path: Path, parts: Iterator[bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        files.poured(parts, file.write)
        file.flush()
        os.fsync(file.fileno())


async def _opened(settings: Settings, keys: Keys) -> Database:
    if settings.database:
        return await open_postgres(settings.database)
    return await open_embedded(settings.database_file, keys.store_key)


async def _prove(database: Database, manifest: Manifest, clock: Clock) -> None:
    """What came back is what was saved; then every session of that time ends."""
    async with database.write() as session:
        head = await session.row("SELECT coalesce(max(head), 0) FROM ledger_head")
        accounts = await session.row("SELECT count(*) FROM account")
        if head is None or int(head[0]) < manifest.head or not accounts or not int(accounts[0]):
            raise unreadable()
        await session.run(
            "UPDATE session SET ended_at = ?, ended_why = 'restored' WHERE ended_at = 0",
            clock.now(),
        )
        # A code that served since the backup was made must not serve twice.
        await session.run("UPDATE invitation SET expires = 0 WHERE used_at = 0")
        await session.run("DELETE FROM sign_in")
        await restored.remember(session, int(head[0]), clock)


def _clear(settings: Settings) -> None:
    """Leave nothing half restored; the folders were empty before."""
    shutil.rmtree(settings.keys_folder, ignore_errors=True)
    if not settings.database:
        shutil.rmtree(settings.data, ignore_errors=True)
