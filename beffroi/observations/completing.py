"""A message of a stream tells a part: what it does not say stays as it was last told.

A ship's position comes without its name, its name without a position.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from beffroi.observations.rows import Body
from beffroi.store import Connection

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


def completed(
    connection: Connection, changed: Sequence[tuple[int, Body]]
) -> list[tuple[int, Body]]:
    """The rows, each with what its message left unsaid."""
    rids = msgspec.json.encode([rid for rid, _row in changed]).decode()
    held = {
        rid: tuple(known)
        for rid, *known in connection.execute(
            "SELECT rid, until, west, south, east, north, title, geometry, properties"
            " FROM observation WHERE rid IN (SELECT value FROM json_each(?))",
            (rids,),
        )
    }
    return [(rid, _both(row, held[rid])) for rid, row in changed]


def _both(told: Body, known: tuple[Any, ...]) -> Body:
    name, time, until, *box, digest, title, geometry, properties = told
    old_until, *old_box, old_title, old_geometry, old_properties = known
    if box[0] is None:
        box, geometry = old_box, old_geometry
    fields = _encode({**_decode(old_properties), **_decode(properties)}).decode()
    west, south, east, north = box
    return (name, time, old_until if until is None else until, west, south, east, north, digest,
            title or old_title, geometry, fields)  # fmt: skip
