"""Records as columns, for files of hundreds of thousands of them: no object per record."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import shapely

from beffroi.plugin.record import Geometry, Record, Scalar

_AT_ONCE = 500


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Records that share their fields: may be given as `Reading.records` instead of a list.

    All columns have one length.  `wkb` are shapes in WGS 84 (ISO WKB, already checked) or None;
    without `ids` the records have no identity.
    """

    wkb: Sequence[bytes | None]
    fields: Mapping[str, Sequence[Scalar]] = {}
    ids: Sequence[str] = ()
    titles: Sequence[str] = ()
    times: Sequence[int | None] = ()
    untils: Sequence[int | None] = ()

    def __len__(self) -> int:
        return len(self.wkb)

    def __iter__(self) -> Iterator[Record]:
        names = list(self.fields)
        rows = zip(*self.fields.values(), strict=True) if names else iter([()] * len(self))
        for number, (shape, row) in enumerate(zip(_geometries(self.wkb), rows, strict=True)):
            yield Record(
                id=self.ids[number] if self.ids else "",
                geometry=shape,
                properties={
                    name: value
                    for name, value in zip(names, row, strict=True)
                    if value is not None and value != ""
                },
                title=self.titles[number] if self.titles else "",
                time=self.times[number] if self.times else None,
                until=self.untils[number] if self.untils else None,
            )


def _geometries(wkb: Sequence[bytes | None]) -> Iterator[Geometry | None]:
    """The shapes as GeoJSON, some hundreds at once."""
    for start in range(0, len(wkb), _AT_ONCE):
        shapes = shapely.from_wkb(list(wkb[start : start + _AT_ONCE]))
        for told in shapely.to_geojson(shapes).tolist():
            yield None if told is None else msgspec.json.decode(told)
