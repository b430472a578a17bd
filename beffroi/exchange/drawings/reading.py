"""Shapes out of a file of anybody's: read in the guarded process, ours as they were."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange.drawings.features import shapes_of
from beffroi.layers.shapes import Shape
from beffroi.plugin.record import Part
from beffroi.sources.guard import read_guarded
from beffroi.sources.understood import Understood
from beffroi.text import _

MOST_SHAPES = 2_000
"""Beyond that it is a source of data, drawn as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was found: the shapes, and how many things could not be drawn."""

    title: str
    shapes: list[Shape]
    lost: int


def shapes_in(path: Path, layer: str) -> Drawn:
    """The shapes of a file, for a calque.

    Raises:
        BeffroiError: it cannot be read, holds nothing to draw, or far too much.
    """
    first = read_guarded(path, name=path.name)
    parts = first.parts if len(first.parts) > 1 else []
    readings = [first, *(_part(path, part) for part in parts)]
    shapes: dict[Shape, None] = {}
    lost = 0
    for reading in readings:
        found, missed = _shapes(reading, layer)
        shapes |= dict.fromkeys(found)
        lost += missed
    if not shapes:
        raise BeffroiError(
            _("Ce fichier ne contient rien à dessiner\u00a0: choisissez-en un autre.")
        )
    return Drawn(title=first.title or path.stem, shapes=list(shapes), lost=lost)


def _part(path: Path, part: Part) -> Understood:
    return read_guarded(path, name=path.name, options={part.option: part.value})


def _shapes(reading: Understood, layer: str) -> tuple[list[Shape], int]:
    if reading.read > MOST_SHAPES:
        raise BeffroiError(
            _(
                "Ce fichier est trop grand pour un dessin\u00a0: ajoutez-le comme une source de données."
            )
        )
    shapes: list[Shape] = []
    lost = reading.skipped
    for record in reading.records:
        if record.geometry is None:
            lost += 1
            continue
        try:
            found = shapes_of(record.geometry, record.properties, record.title)
        except BeffroiError:
            lost += 1
        else:
            shapes += [msgspec.structs.replace(shape, layer=layer) for shape in found]
    return shapes, lost
