"""Looks into ZIP files, which office documents are too, without unpacking more than needed."""

import io
import zipfile
import zlib
from itertools import pairwise
from pathlib import PurePath

from beffroi.errors import BeffroiError
from beffroi.text import _

MAX_ENTRIES = 2_000
MAX_UNPACKED = 500_000_000
MAX_RATIO = 200
SMALL = 10_000_000
MAX_DECLARATION = 1_000
MEMBERS_LISTED = 20 * MAX_ENTRIES
"""Beyond this, merely listing the members would fill the memory; archives inside count too."""
_MEMBER = b"PK\x01\x02"
_NESTED = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz")
_PROGRAMS = frozenset((
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta",
    ".msi", ".jar", ".sh", ".lnk", ".apk",
))  # fmt: skip
_BY_PART: tuple[tuple[str, str], ...] = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_DECLARED = frozenset(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)


def looked_into(name: str, data: bytes) -> str:
    """The media type that a ZIP's contents tell, "application/zip" when nothing more precise.

    Raises:
        BeffroiError: damaged, a bomb, or it hides a program or macros.
    """
    if data.count(_MEMBER) > MEMBERS_LISTED:
        raise _measureless(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_bomb(name, infos)
            names = [info.filename for info in infos]
            _refuse_programs(name, names)
            return _media_type(archive, names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BeffroiError(
            _("L’archive « {name} » est abîmée : demandez-la à nouveau.").format(name=name)
        ) from error


def _refuse_bomb(name: str, infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    nested = sum(PurePath(info.filename).suffix.lower() in _NESTED for info in infos)
    if (
        len(infos) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > SMALL and unpacked / packed > MAX_RATIO)
        or nested > MAX_ENTRIES // 100
        or any(
            info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size)
            for info in infos
        )
        or _overlapping(infos)
    ):
        raise _measureless(name)


def _measureless(name: str) -> BeffroiError:
    return BeffroiError(
        _(
            "L’archive « {name} » se déplie en un contenu démesuré : "
            "joignez seulement les fichiers utiles."
        ).format(name=name)
    )


def _overlapping(infos: list[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes, as in a bomb that packs one kernel many times."""
    spans = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(start + size > following for (start, size), (following, _size) in pairwise(spans))


def _refuse_programs(name: str, names: list[str]) -> None:
    found = [
        n for n in names if PurePath(n).suffix.lower() in _PROGRAMS or n.endswith("vbaProject.bin")
    ]
    if found:
        raise BeffroiError(
            _(
                "« {name} » contient un programme ou des macros ({found}) : "
                "joignez-le sans, ou en PDF."
            ).format(name=name, found=PurePath(found[0]).name)
        )


def _media_type(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        for prefix, media in _BY_PART:
            if any(n.startswith(prefix) for n in names):
                return media
    if "mimetype" in names and archive.getinfo("mimetype").file_size < MAX_DECLARATION:
        declared = archive.read("mimetype").decode("ascii", "replace").strip()
        if declared in _DECLARED:
            return declared
    return "application/zip"
