"""Where attachments are kept: a folder or an S3 bucket, sealed, under names that tell nothing.

What is on its way up lies beside in parts, so that any replica can go on where a cut left it.
Everything here blocks: call it in a thread.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.attachments.sealing import CHUNK, HEAD, TAG, Sealer, plain_size

STRIDE = 4
"""Chunks read at once."""
_STEP = CHUNK + TAG


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes that came of an upload: from `offset` on, `size` many, kept as `path`."""

    offset: int
    size: int
    path: str


class Blobs:
    """Contents by their SHA-256, and uploads by a name of the caller's choice."""

    def __init__(self, store: ObjectStore, key: bytes, folder: Path | None = None) -> None:
        self._store = store
        self._sealer = Sealer(key)
        self._folder = folder

    def size(self, digest: str) -> int | None:
        """How many bytes that content has; None when it is not here."""
        try:
            return plain_size(obstore.head(self._store, self._path(digest))["size"])
        except FileNotFoundError:
            return None

    def read(self, digest: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end` (excluded) of a content that is here.

        Raises:
            Damaged: it is not what was put there.
        """
        path = self._path(digest)
        whole = obstore.head(self._store, path)["size"]
        head = bytes(obstore.get_range(self._store, path, start=0, end=HEAD))
        index, behind = start // CHUNK, -(-end // CHUNK)
        while index < behind:
            until = min(index + STRIDE, behind)
            stop = min(HEAD + until * _STEP, whole)
            sealed = bytes(
                obstore.get_range(self._store, path, start=HEAD + index * _STEP, end=stop)
            )
            plain = self._sealer.opened(digest, head, index, sealed, last=stop == whole)
            base = index * CHUNK
            yield plain[max(0, start - base) : end - base]
            index = until

    def parts(self, upload: str) -> list[Part]:
        """What came of an upload so far, without holes."""
        found: dict[int, Part] = {}
        for page in obstore.list(self._store, self._upload(upload)):
            for entry in page:
                offset = int(entry["path"].rpartition("/")[2])
                found[offset] = Part(offset, plain_size(entry["size"]), entry["path"])
        parts, reached = [], 0
        while (part := found.get(reached)) is not None and part.size:
            parts.append(part)
            reached += part.size
        return parts

    def put_part(self, upload: str, offset: int, data: bytes) -> None:
        """Keep more of an upload, durably."""
        path = f"{self._upload(upload)}/{offset:016d}"
        obstore.put(self._store, path, b"".join(self._sealer.seal(f"{upload}@{offset}", [data])))
        self._flush(path)

    def finish(self, upload: str, digest: str) -> bool:
        """Make a content of an upload that is whole.

        False, and all of the upload dropped, when it is not what its SHA-256 says.
        """
        parts = self.parts(upload)
        found = sha256()
        for part in parts:
            found.update(self._open(upload, part))
        if found.hexdigest() != digest:
            self.drop(upload)
            return False
        path = self._path(digest)
        with obstore.open_writer(self._store, path) as writer:
            for sealed in self._sealer.seal(digest, (self._open(upload, part) for part in parts)):
                writer.write(sealed)
        self._flush(path)
        self.drop(upload)
        return True

    def drop(self, upload: str) -> None:
        """Forget an upload."""
        for page in obstore.list(self._store, self._upload(upload)):
            for entry in page:
                self._delete(entry["path"])

    def delete(self, digest: str) -> None:
        """Forget a content; one that is not here is forgotten already."""
        self._delete(self._path(digest))

    def drop_older(self, age: timedelta) -> int:
        """Forget uploads that nobody went on with for that long; how many parts."""
        limit = datetime.now(tz=UTC) - age
        old = [
            entry["path"]
            for page in obstore.list(self._store, "parts")
            for entry in page
            if entry["last_modified"] < limit
        ]
        for path in old:
            self._delete(path)
        return len(old)

    def _open(self, upload: str, part: Part) -> bytes:
        sealed = bytes(obstore.get(self._store, part.path).bytes())
        return self._sealer.opened(
            f"{upload}@{part.offset}", sealed[:HEAD], 0, sealed[HEAD:], last=True
        )

    def _path(self, digest: str) -> str:
        name = self._sealer.name(digest)
        return f"blobs/{name[:2]}/{name}"

    def _upload(self, upload: str) -> str:
        return f"parts/{self._sealer.name(upload)}"

    def _delete(self, path: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self._store, path)

    def _flush(self, path: str) -> None:
        """In a folder of ours, survive a power cut: the file, then the names that lead to it."""
        if self._folder is None:
            return
        for place in (self._folder / path, *(self._folder / path).parents):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if place == self._folder:
                return


def _elsewhere(url: str) -> ObjectStore:
    try:
        if not url.startswith("s3://"):
            raise ValueError(url)
        return from_url(url)
    except (BaseError, ValueError) as error:
        raise BeffroiError(
            _(
                "Les pièces jointes vont dans un dossier ou à une adresse s3://seau\u00a0: corrigez "
                "--blobs et les variables AWS_*."
            )
        ) from error


def open_blobs(place: str, key: bytes) -> Blobs:
    """The attachments at `place`: a folder, or `s3://bucket/prefix` (the usual AWS_* variables).

    Raises:
        BeffroiError: it is neither.
    """
    if "://" in place:
        return Blobs(_elsewhere(place), key)
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Blobs(LocalStore(prefix=folder), key, folder)
