"""A shape as the page draws it, and what the page says as fields of a shape."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.layers.drawing import symbols
from beffroi.layers.shapes import Position, Shape, shape_of
from beffroi.logbook.sheet import Sheet

INK = "#334155"
"""The colour of what names none."""
_PLANNED_STATUS = "1"
_SENT = ("points", "holes", "radius_m", "from_deg", "to_deg", "rotation_deg")


def read(sheet: Sheet) -> Shape | None:
    """The shape of a sheet; None when it cannot be drawn (made by a later Beffroi, say)."""
    try:
        return shape_of(sheet.fields)
    except BeffroiError:
        return None


def for_page(uid: str, shape: Shape) -> dict[str, Any]:
    """What the page needs of a shape."""
    plain: dict[str, Any] = msgspec.to_builtins(shape)
    return {
        **plain,
        "uid": uid,
        "size": shape.size,
        "fill": shape.fill,
        "colour": colour_of(shape),
        "symbol": _military_plan(shape),
    }


def colour_of(shape: Shape) -> str:
    """Its own colour, or that of its symbol's family."""
    if shape.colour:
        return shape.colour
    known = symbols.find(shape.symbol) if shape.symbol else None
    return (known.family.colour if known else "") or INK


def _military_plan(shape: Shape) -> str:
    """In APP-6 the status, the seventh digit of the code, says what is planned."""
    if shape.planned and shape.symbol.startswith("app6:") and len(shape.symbol) >= 25:
        return shape.symbol[:11] + _PLANNED_STATUS + shape.symbol[12:]
    return shape.symbol


def said_fields(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a shape in what the page says, as Python keeps them."""
    fields = {name: said[name] for name in _SENT if said.get(name) is not None}
    if "points" in fields:
        fields["points"] = positions(fields["points"])
    if "holes" in fields:
        fields["holes"] = tuple(positions(hole) for hole in fields["holes"])
    for name in ("radius_m", "from_deg", "to_deg", "rotation_deg"):
        if name in fields:
            fields[name] = round(float(fields[name]), 3)
    return fields


def positions(pairs: Sequence[Sequence[float]]) -> tuple[Position, ...]:
    """Pairs as positions, to the centimetre."""
    return tuple((round(float(lon), 7), round(float(lat), 7)) for lon, lat in pairs)
