"""What people draw on the map: a shape, its look, its validity, and what it refers to."""

import math
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from beffroi.errors import BeffroiError
from beffroi.text import N_, _

Position = tuple[float, float]
"""Longitude and latitude, WGS 84 degrees."""
Kind = Literal["point", "line", "area", "rectangle", "circle", "sector", "arrow", "text", "symbol"]
Size = Literal["s", "m", "l"]

KIND_WORDS: dict[Kind, str] = {
    "point": N_("Point"),
    "line": N_("Ligne"),
    "area": N_("Zone"),
    "rectangle": N_("Rectangle"),
    "circle": N_("Cercle"),
    "sector": N_("Secteur"),
    "arrow": N_("Flèche"),
    "text": N_("Texte"),
    "symbol": N_("Symbole"),
}
ANCHORED = frozenset[Kind]({"point", "circle", "sector", "text", "symbol"})
"""Kinds that stand at one position."""
LEAST: dict[Kind, int] = {"line": 2, "arrow": 2, "area": 3, "rectangle": 4}
MOST_POINTS = 8_000
"""What a sheet can hold (400 kB of JSON)."""
MOST_LABEL = 200
MOST_NOTES = 10_000
MOST_SYMBOL = 80
MOST_RADIUS_M = 5_000_000.0


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One drawn thing.  `points` is the outline without its closing point, or the one position.

    A circle has `radius_m` around its position; a sector also runs clockwise from `from_deg` to
    `to_deg` (degrees from north).  `planned` is what is foreseen, drawn dashed; otherwise it is so.
    `since` and `until` (UTC ms) bound the time it holds; None leaves that side open.
    """

    layer: str
    kind: Kind
    points: tuple[Position, ...]
    holes: tuple[tuple[Position, ...], ...] = ()
    radius_m: float = 0.0
    from_deg: float = 0.0
    to_deg: float = 0.0
    symbol: str = ""
    """`sitac:…`, `civil:…` or `app6:` and a SIDC."""
    rotation_deg: float = 0.0
    size: Size = "m"
    colour: str = ""
    """`#rrggbb`; empty takes the colour of the symbol or the set."""
    fill: float = 0.15
    label: str = ""
    notes: str = ""
    planned: bool = False
    since: int | None = None
    until: int | None = None
    entry: str = ""
    """The uid of the entry it draws."""


def fields_of(shape: Shape) -> dict[str, Any]:
    """A shape as the fields of a sheet: plain JSON values, the defaults left out."""
    plain: dict[str, Any] = msgspec.to_builtins(shape)
    return plain


def shape_of(fields: Mapping[str, Any]) -> Shape:
    """The shape that these fields describe; fields of a later Beffroi are left alone.

    Raises:
        BeffroiError: what they say cannot be drawn.
    """
    known = {name: fields[name] for name in Shape.__struct_fields__ if name in fields}
    try:
        shape = msgspec.convert(known, Shape, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(
            _("Ce dessin est illisible\u00a0: supprimez-le, puis tracez-le de nouveau.")
        ) from error
    return checked(shape)


def checked(shape: Shape) -> Shape:
    """The same shape, when it can be drawn.

    Raises:
        BeffroiError: points are missing or off the globe, a radius or a validity makes no sense.
    """
    if problem := _problem(shape):
        raise BeffroiError(problem)
    return shape


def _problem(shape: Shape) -> str:
    rings = (shape.points, *shape.holes)
    if not all(_on_globe(position) for ring in rings for position in ring):
        return _("Ce dessin sort du globe\u00a0: vérifiez ses coordonnées.")
    if sum(map(len, rings)) > MOST_POINTS:
        return _("Ce dessin a trop de points\u00a0: simplifiez-le, ou importez-le comme calque.")
    if len(shape.points) < LEAST.get(shape.kind, 1):
        return _("Ce dessin n’a pas assez de points\u00a0: ajoutez-en, ou changez d’outil.")
    if shape.kind in {"circle", "sector"} and not 0 < shape.radius_m <= MOST_RADIUS_M:
        return _("Le rayon doit être compris entre 0 et 5\u202f000\u00a0km\u00a0: corrigez-le.")
    if shape.kind == "symbol" and not shape.symbol:
        return _("Ce symbole n’est pas choisi\u00a0: prenez-en un dans la palette.")
    if len(shape.symbol) > MOST_SYMBOL:
        return _("Ce symbole est inconnu\u00a0: prenez-en un dans la palette.")
    if not math.isfinite(shape.rotation_deg + shape.from_deg + shape.to_deg + shape.fill):
        return _("Un angle de ce dessin n’est pas un nombre\u00a0: corrigez-le.")
    if len(shape.label) > MOST_LABEL or len(shape.notes) > MOST_NOTES:
        return _("Le libellé ou les notes sont trop longs\u00a0: raccourcissez-les.")
    if None not in (shape.since, shape.until) and int(shape.until or 0) <= int(shape.since or 0):
        return _("La fin de validité précède le début\u00a0: inversez-les.")
    if shape.colour and not _is_colour(shape.colour):
        return _("Cette couleur est illisible\u00a0: choisissez-en une dans la palette.")
    return ""


def _on_globe(position: Position) -> bool:
    lon, lat = position
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 540 and abs(lat) <= 90


def _is_colour(text: str) -> bool:
    return (
        len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )
