"""The packs that are there: those of the profile, and those of the machine that all profiles see."""

import hashlib
import os
import re
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from beffroi.basemaps import FOLDER
from beffroi.basemaps.opening import open_pack
from beffroi.basemaps.pack import SUFFIXES, Pack, Tiles
from beffroi.errors import BeffroiError
from beffroi.text import _

_VARIABLE = "BEFFROI_BASEMAPS"
_MOST = 200
_CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A pack on the shelf.  `uid` is its name there; `pack` is None when `problem` says why."""

    uid: str
    path: Path
    shared: bool
    pack: Pack | None = None
    problem: str = ""


def machine_folder() -> Path:
    """Where the packs of the machine are; `BEFFROI_BASEMAPS` says otherwise."""
    told = os.environ.get(_VARIABLE)
    return Path(told) if told else platformdirs.site_data_path("beffroi") / FOLDER


class Shelf:
    """Lists, installs, opens and removes packs.  From any thread."""

    def __init__(self, profile: Path | None, machine: Path | None = None) -> None:
        self._own = profile / FOLDER if profile else None
        self._machine = machine or machine_folder()
        self._opened: dict[str, Tiles] = {}
        self._lock = threading.Lock()

    def all(self) -> list[Installed]:
        """Every pack, the profile's first; a damaged one is there with what is wrong."""
        found: dict[str, Installed] = {}
        for path, shared in self._files():
            uid = path.stem
            if uid not in found:
                found[uid] = self._looked_at(uid, path, shared)
        return list(found.values())

    def _files(self) -> Iterator[tuple[Path, bool]]:
        for folder, shared in ((self._own, False), (self._machine, True)):
            if folder is not None and folder.is_dir():
                files = sorted(f for f in folder.iterdir() if f.suffix.lower() in SUFFIXES)
                yield from ((file, shared) for file in files[:_MOST])

    def _looked_at(self, uid: str, path: Path, shared: bool) -> Installed:
        try:
            tiles = self._open(uid, path)
        except BeffroiError as error:
            return Installed(uid=uid, path=path, shared=shared, problem=str(error))
        return Installed(uid=uid, path=path, shared=shared, pack=tiles.pack)

    def install(self, source: Path, *, shared: bool = False) -> Installed:
        """Check a pack and keep a copy of it.

        Raises:
            BeffroiError: it is no pack, it is there already, or there is no room or no right.
        """
        checked = open_pack(source)
        checked.close()
        folder = self._machine if shared or self._own is None else self._own
        uid = _name(source.stem)
        target = folder / f"{uid}{source.suffix.lower()}"
        if any(one.uid == uid for one in self.all()):
            raise BeffroiError(
                _(
                    "Un fond nommé «\u202f{name}\u202f» est déjà là : retirez-le d’abord, ou renommez le fichier."
                ).format(name=uid)
            )
        try:
            _copy(source, target)
        except OSError as error:
            raise BeffroiError(
                _(
                    "Le fond n’a pas pu être copié dans «\u202f{folder}\u202f» : vérifiez la place et les droits."
                ).format(folder=folder)
            ) from error
        return self._looked_at(uid, target, folder == self._machine)

    def remove(self, uid: str) -> None:
        """Let go of a pack and delete its file.

        Raises:
            BeffroiError: there is none of that name, or no right to delete it.
        """
        path = self._path(uid)
        with self._lock:
            tiles = self._opened.pop(uid, None)
        if tiles is not None:
            tiles.close()
        try:
            path.unlink()
        except OSError as error:
            raise BeffroiError(
                _(
                    "Le fond «\u202f{name}\u202f» n’a pas pu être retiré : vérifiez vos droits sur son dossier."
                ).format(name=uid)
            ) from error

    def tiles(self, uid: str) -> Tiles:
        """A pack, opened.

        Raises:
            BeffroiError: there is none of that name, or it is damaged.
        """
        with self._lock:
            known = self._opened.get(uid)
        return known if known is not None else self._open(uid, self._path(uid))

    def _path(self, uid: str) -> Path:
        for path, _shared in self._files():
            if path.stem == uid:
                return path
        raise BeffroiError(
            _("Il n’y a pas de fond nommé «\u202f{name}\u202f» : voyez la liste.").format(name=uid)
        )

    def _open(self, uid: str, path: Path) -> Tiles:
        with self._lock:
            known = self._opened.get(uid)
        if known is not None:
            return known
        tiles = open_pack(path)
        with self._lock:
            first = self._opened.setdefault(uid, tiles)
        if first is not tiles:
            tiles.close()
        return first

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            opened, self._opened = list(self._opened.values()), {}
        for tiles in opened:
            tiles.close()


def _name(stem: str) -> str:
    """A name that any system takes for a file."""
    bare = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", bare).strip("-.")[:60]
    return found or hashlib.sha256(stem.encode(errors="replace")).hexdigest()[:12]


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as read, unfinished.open("wb") as written:
            shutil.copyfileobj(read, written, _CHUNK)
            written.flush()
            os.fsync(written.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
