"""Opens a pack of tiles whatever its file, after having checked it."""

from pathlib import Path

from beffroi.basemaps.mbtiles import MbTiles
from beffroi.basemaps.pack import SUFFIXES, Tiles
from beffroi.basemaps.pmtiles import PmTiles
from beffroi.errors import BeffroiError
from beffroi.text import _


def open_pack(path: Path) -> Tiles:
    """The tiles of a file.

    Raises:
        BeffroiError: it is no pack, or a damaged one; one sentence.
    """
    if path.suffix.lower() == ".pmtiles":
        return PmTiles(path)
    if path.suffix.lower() == ".mbtiles":
        return MbTiles(path)
    raise BeffroiError(
        _("«\u202f{name}\u202f» n’est pas un fond de carte : donnez un fichier {suffixes}.").format(
            name=path.name, suffixes=" ou ".join(SUFFIXES)
        )
    )
