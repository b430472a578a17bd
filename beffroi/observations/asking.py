"""Conditions and orders on observations, as SQL with its values apart."""

from collections.abc import Sequence

from beffroi.observations.model import Box, Order, Where
from beffroi.plugin import Scalar

SEEN = "max(o.seen, s.told)"
"""When a thing was last told: what a snapshot leaves as it is was told again by it."""
_OWN = {
    "@id": "o.id", "@title": "o.title", "@time": "o.time", "@until": "o.until", "@seen": SEEN,
}  # fmt: skip
_COMPARED = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
Clause = tuple[str, list[Scalar]]


def field(name: str) -> Clause:
    """The value of a field: one of ours (`@time`…), or of the source's properties."""
    if name in _OWN:
        return _OWN[name], []
    return "o.properties ->> ?", ['$."' + name.replace('"', '\\"') + '"']


def conditions(wheres: Sequence[Where], box: Box | None = None, text: str = "") -> Clause:
    """All of `wheres`, touching `box`, and with `text` somewhere in title or fields."""
    parts, values = list[str](), list[Scalar]()
    for where in wheres:
        told, needed = _condition(where)
        parts.append(told)
        values += needed
    if box is not None:
        told, needed = _touching(box)
        parts.append(told)
        values += needed
    if text:
        parts.append("(o.title LIKE ? ESCAPE '\\' OR o.properties LIKE ? ESCAPE '\\')")
        values += [f"%{_literal(text)}%"] * 2
    return " AND ".join(["1", *parts]), values


def _condition(where: Where) -> Clause:
    told, needed = field(where.field)
    match where.test:
        case "empty":
            return f"coalesce({told}, '') = ''", needed
        case "filled":
            return f"coalesce({told}, '') <> ''", needed
        case "contains":
            return f"{told} LIKE ? ESCAPE '\\'", [*needed, f"%{_literal(str(where.value))}%"]
        case "starts":
            return f"{told} LIKE ? ESCAPE '\\'", [*needed, f"{_literal(str(where.value))}%"]
        case _:
            return f"{told} {_COMPARED[where.test]} ?", [*needed, where.value]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _touching(box: Box) -> Clause:
    west, south, east, north = box
    if west <= east:
        return "o.west <= ? AND o.east >= ? AND o.south <= ? AND o.north >= ?", [
            east, west, north, south,
        ]  # fmt: skip
    return "(o.east >= ? OR o.west <= ?) AND o.south <= ? AND o.north >= ?", [
        west, east, north, south,
    ]  # fmt: skip


def ordering(order: Order) -> Clause:
    """The order, things without a value last, the newest row first among equals."""
    told, needed = field(order.field)
    way = "DESC" if order.descending else "ASC"
    return f"{told} {way} NULLS LAST, o.rid DESC", needed
