"""Rows made from columns, for files of many features: no object per feature on the way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.observations.rows import Body, digest_of
from beffroi.plugin import Scalar

_POINT = 0
_json = msgspec.json.Encoder()


def rows(
    wkb: NDArray[np.object_],
    fields: Mapping[str, Sequence[Scalar]],
    *,
    ids: Sequence[str] | None = None,
    titles: Sequence[str] | None = None,
    times: Sequence[int | None] | None = None,
    untils: Sequence[int | None] | None = None,
) -> Iterator[Body]:
    """Rows for `Observations.put_rows`, of columns of one length (WKB in WGS 84, or None).

    Without `ids`, the place in the file is the identity.
    """
    count = len(wkb)
    shapes = shapely.from_wkb(wkb)
    edges = [
        (None, None, None, None) if box[0] != box[0] else box
        for box in shapely.bounds(shapes).tolist()
    ]
    kept = np.array(wkb, dtype=object)
    kept[_flat_points(shapes)] = None
    nothing: list[None] = [None] * count
    names = list(fields)
    told = zip(*fields.values(), strict=True) if fields else iter([()] * count)
    each = zip(
        ids or map(str, range(1, count + 1)), times or nothing, untils or nothing, edges,
        titles or [""] * count, kept.tolist(), told, strict=True,
    )  # fmt: skip
    for name, time, until, box, title, shape, values in each:
        properties = _json.encode(dict(zip(names, values, strict=True)))
        digest = digest_of(properties, (time, until, title, box), shape)
        yield (name, time, until, *box, digest, title, shape, properties.decode())


def _flat_points(shapes: NDArray[Any]) -> NDArray[np.bool_]:
    flat: NDArray[np.bool_] = (shapely.get_type_id(shapes) == _POINT) & ~shapely.has_z(shapes)
    return flat
