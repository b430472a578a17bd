"""A shape as a feature of a file: its geometry, and all of it as plain properties that come back."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.exchange.drawings.placed import placed
from beffroi.layers.drawing.symbols import title_of
from beffroi.layers.shapes import ANCHORED, KIND_WORDS, Position, Shape, checked

_PLAIN = (
    "symbol", "label", "notes", "colour", "size", "planned", "rotation_deg", "radius_m", "from_deg",
    "to_deg",
)  # fmt: skip
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TIMES = ("since", "until")


def properties(shape: Shape) -> dict[str, Any]:
    """What a file says of a shape beside its geometry; times in ISO 8601, UTC."""
    said: dict[str, Any] = {"kind": shape.kind, "name": shape.label or _symbol_name(shape)}
    said |= {name: getattr(shape, name) for name in _PLAIN if getattr(shape, name) not in ("", 0.0)}
    said["filling"] = shape.fill
    for name in _TIMES:
        moment = getattr(shape, name)
        if moment is not None:
            said[name] = to_datetime(moment).isoformat(timespec="seconds").replace("+00:00", "Z")
    if shape.symbol:
        said["symbol_name"] = title_of(shape.symbol)
    if shape.kind in {"circle", "sector"}:
        said["centre_lon"], said["centre_lat"] = shape.points[0]
    return said


_CENTRED = frozenset({"circle", "sector"})
"""What comes back from its centre, however many parts it was cut into."""


def _symbol_name(shape: Shape) -> str:
    return title_of(shape.symbol) if shape.symbol else ""


def shapes_of(found: Mapping[str, Any], said: Mapping[str, Any], title: str) -> list[Shape]:
    """The shapes of a feature: one of ours as it was, any other as points, lines and zones.

    Raises:
        BeffroiError: its geometry cannot be drawn.
    """
    ours = str(said.get("kind", "")) in KIND_WORDS and "filling" in said
    look = _look(said) if ours else _foreign_look(said, title)
    parts = _parts(found)
    if ours and (len(parts) == 1 or said["kind"] in _CENTRED):
        return [_own(said, parts[0], look)]
    return [_plain(part, look) for part in parts]


def _foreign_look(said: Mapping[str, Any], title: str) -> dict[str, Any]:
    """What other programs say of a look (simplestyle, KML): a name, words, the colour of the line."""
    notes = said.get("description") or said.get("desc") or ""
    look = {"label": _title(title, said), "notes": str(notes)[:2000]}
    stroke = str(said.get("stroke") or said.get("marker-color") or "")
    return {**look, "colour": stroke.lower()} if _HEX.fullmatch(stroke) else look


def _title(title: str, said: Mapping[str, Any]) -> str:
    names = (said.get(name) for name in ("name", "Name", "title", "nom", "NOM", "label"))
    found = title or next((name for name in names if isinstance(name, str) and name), "")
    return found[:200]


def _own(said: Mapping[str, Any], part: Mapping[str, Any], look: dict[str, Any]) -> Shape:
    kind = said["kind"]
    if kind in _CENTRED and said.get("centre_lon") not in (None, ""):
        points: tuple[Position, ...] = ((float(said["centre_lon"]), float(said["centre_lat"])),)
        return _made({**look, "kind": kind, "points": points})
    if kind in ANCHORED and part["type"] != "Point":
        return _plain(part, look)
    return _made({**look, **_drawn(part), "kind": kind})


def _plain(part: Mapping[str, Any], look: dict[str, Any]) -> Shape:
    kinds = {"Point": "point", "LineString": "line", "Polygon": "area"}
    kept = {k: v for k, v in look.items() if k not in {"radius_m", "from_deg", "to_deg", "symbol"}}
    return _made({**kept, **_drawn(part), "kind": kinds[part["type"]]})


def _made(fields: dict[str, Any]) -> Shape:
    try:
        shape = msgspec.convert({**fields, "layer": ""}, Shape, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(str(error)) from error
    return checked(shape)


def _look(said: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: said[name] for name in _PLAIN if said.get(name) not in (None, "")}
    for name in _TIMES:
        if said.get(name):
            known[name] = _moment(str(said[name]))
    if said.get("filling") not in (None, ""):
        known["fill"] = said["filling"]
    if "planned" in known:
        known["planned"] = str(known["planned"]).lower() in {"true", "1", "1.0"}
    return known


def _moment(text: str) -> int | None:
    try:
        return round(datetime.fromisoformat(text).timestamp() * 1000)
    except ValueError:
        return None


def _drawn(part: Mapping[str, Any]) -> dict[str, Any]:
    match part["type"]:
        case "Point":
            return {"points": [part["coordinates"][:2]]}
        case "LineString":
            return {"points": [pair[:2] for pair in part["coordinates"]]}
        case _:
            rings = [[pair[:2] for pair in ring[:-1]] for ring in part["coordinates"]]
            return {"points": rings[0], "holes": [ring for ring in rings[1:] if len(ring) > 2]}


def _parts(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    kind = str(found["type"])
    if kind == "GeometryCollection":
        return [part for one in found["geometries"] for part in _parts(one)]
    if kind.startswith("Multi"):
        single = kind.removeprefix("Multi")
        return [{"type": single, "coordinates": part} for part in found["coordinates"]]
    return [found]


def feature(uid: str, shape: Shape) -> dict[str, Any]:
    """A GeoJSON feature (RFC 7946)."""
    return {
        "type": "Feature", "id": uid, "geometry": placed(shape), "properties": properties(shape),
    }  # fmt: skip
