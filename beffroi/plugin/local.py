"""Files of this machine as sources: only those that a person chose, whole, never half written."""

import io
import time
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from beffroi.plugin.contract import Call
from beffroi.plugin.limits import MAX_BYTES
from beffroi.plugin.refusals import Unreachable
from beffroi.plugin.words import _

SETTLED_S = 2.0
"""A file written to more recently may still be growing."""
_COMPANIONS = (".shx", ".dbf", ".prj", ".cpg")


def local_path(call: Call) -> Path:
    """The path that the address names.

    Raises:
        Unreachable: files of this machine are not to be read (at a hub), or it is none.
    """
    if not call.door.files:
        raise Unreachable(
            _("Un serveur ne lit pas les fichiers d’un poste\u00a0: partagez le fichier lui-même.")
        )
    told = call.address.strip()
    path = Path(unquote(urlsplit(told).path) if told.startswith("file://") else told)
    if not path.is_absolute():
        raise Unreachable(_("Le chemin du fichier est incomplet\u00a0: choisissez-le à nouveau."))
    return path


def stamp(path: Path) -> str:
    """What changes when the file does: its time and size."""
    known = path.stat()
    return f"{known.st_mtime_ns}:{known.st_size}"


def is_settled(path: Path) -> bool:
    """Whether nobody wrote to it a moment ago."""
    return abs(time.time() - path.stat().st_mtime) >= SETTLED_S


def taken(path: Path) -> bytes:
    """The bytes of a plain file; a shapefile comes with the files that belong to it, zipped.

    Raises:
        OSError: it may not be read, or is no plain file.
        Unreachable: it is too large.
    """
    if not path.is_file():
        raise IsADirectoryError(path)
    parts = [path]
    if path.suffix.lower() == ".shp":
        parts += [part for part in _siblings(path) if part.is_file()]
    if sum(part.stat().st_size for part in parts) > MAX_BYTES:
        raise Unreachable(
            _(
                "Le fichier {name} dépasse 200\u00a0Mo\u00a0: découpez-le, ou gardez-en ce qui sert."
            ).format(name=path.name)
        )
    return path.read_bytes() if len(parts) == 1 else _zipped(parts)


def _siblings(path: Path) -> list[Path]:
    return [
        path.with_suffix(way(ending)) for ending in _COMPANIONS for way in (str.lower, str.upper)
    ]


def _zipped(parts: list[Path]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            archive.write(part, part.name)
    return whole.getvalue()
