"""What somebody drops or pastes: files, folders, an address, a text; and the files that go together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData

from beffroi.errors import BeffroiError
from beffroi.sources.addresses import Origin, of_file, recognise
from beffroi.text import _
from desktop.kit.notices import Notices

_SHAPEFILE = {".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qix"}
MOST_FILES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What to read: `paths` when there are several, else `origin`."""

    origin: Origin = field(default_factory=Origin)
    paths: tuple[Path, ...] = ()


def takes(data: QMimeData) -> bool:
    """Whether something here can become a source."""
    return data.hasUrls() or data.hasText()


def dropped(data: QMimeData) -> Dropped:
    """What was dropped or pasted."""
    if data.hasUrls():
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        together = grouped(paths)
        if len(together) == 1:
            return Dropped(origin=of_file(together[0]))
        if together:
            return Dropped(paths=tuple(together))
        return Dropped(origin=recognise(data.urls()[0].toString()))
    return Dropped(origin=recognise(data.text()))


def grouped(paths: Sequence[Path]) -> list[Path]:
    """One path per source: the parts of a Shapefile count as one."""
    shapes = {path.with_suffix("").as_posix() for path in paths if path.suffix.lower() == ".shp"}
    kept = [
        path
        for path in paths
        if path.suffix.lower() not in _SHAPEFILE or path.with_suffix("").as_posix() not in shapes
    ]
    return list(dict.fromkeys(kept))[:MOST_FILES]


def sentence_of(error: BaseException, notices: Notices) -> str:
    """The sentence of an error meant for people; anything else is told as the bug it is."""
    if isinstance(error, BeffroiError):
        return str(error)
    notices.failure(error)
    return _("Une erreur inattendue s’est produite\u00a0: rien n’a été ajouté.")
