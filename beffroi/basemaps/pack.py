"""What is known of a pack of tiles, and how its tiles are had, whatever its file."""

import re
from pathlib import Path
from typing import Protocol

import msgspec

from beffroi.errors import BeffroiError
from beffroi.text import _

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
SUFFIXES = (".pmtiles", ".mbtiles")
MOST_ZOOM = 22
MOST_TILE = 4 * 1024 * 1024
"""Bytes of one tile, once opened."""


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack of tiles as its file describes it.

    `form` is `mvt`, `png`, `jpeg`, `webp` or `avif`; `tiles` is 0 when nobody counted them.
    """

    title: str
    attribution: str
    form: str
    min_zoom: int
    max_zoom: int
    box: Box
    tiles: int
    size: int
    layers: tuple[str, ...] = ()
    made: str = ""

    @property
    def vector(self) -> bool:
        """Whether Beffroi draws it in its own style; pictures are shown as they are."""
        return self.form == "mvt"


class Tiles(Protocol):
    """An opened pack.  Used from one thread at a time."""

    pack: Pack

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The content of a tile, opened; None when the pack has none there.

        Raises:
            BeffroiError: the pack is damaged there.
        """

    def close(self) -> None:
        """Let go of the file."""


def damaged(path: Path, why: str) -> BeffroiError:
    """The refusal of a file that is no pack, or a broken one."""
    return BeffroiError(
        _(
            "Le fond «\u202f{name}\u202f» ne peut pas être utilisé ({why}) : demandez-le de nouveau."
        ).format(name=path.name, why=why)
    )


def checked_box(west: float, south: float, east: float, north: float) -> Box:
    """The box of a pack, whole and on the globe.

    Raises:
        ValueError: it is none.
    """
    box = (west, south, east, north)
    if not all(-180 <= value <= 180 for value in box) or not (
        west < east and -90 <= south < north <= 90
    ):
        raise ValueError(box)
    return box


def plain(words: object, most: int = 300) -> str:
    """Words of a file as they may be shown: no markup, no control character, one line."""
    said = re.sub(r"<[^<>]*>", "", str(words or "")[: 10 * most])
    said = said.replace("&copy;", "©").replace("&amp;", "&").replace("&nbsp;", " ")
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:most]
