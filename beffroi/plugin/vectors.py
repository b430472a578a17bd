"""Reads layers of vector files by GDAL, columns at once: as fast as it reads itself."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from typing_extensions import override

from beffroi.plugin.book import Book
from beffroi.plugin.columning import plain_column
from beffroi.plugin.columns import Columns
from beffroi.plugin.limits import MAX_FIELDS, MAX_RECORDS
from beffroi.plugin.placing import placed
from beffroi.plugin.record import Scalar
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

# Shapefiles often travel without their index, which says nothing that the shapes do not.
pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
Source = Path | bytes
_GONE_WRONG = (DataSourceError, DataLayerError, ValueError, UnicodeDecodeError, RuntimeError)


class Layer(NamedTuple):
    """A layer of a file: its name, its system of coordinates as written (or nothing), its size."""

    name: str
    crs: str
    total: int
    encoding: str


def layers(source: Source) -> list[Layer]:
    """The layers of a file.

    Raises:
        Unreadable: GDAL cannot open it.
    """
    with _quiet():
        try:
            return [_layer(source, str(name)) for name, _kind in pyogrio.list_layers(_fed(source))]
        except _GONE_WRONG as error:
            raise damaged() from error


def read_layer(
    source: Source, layer: Layer, book: Book, *, crs: str = "", encoding: str = "",
    identity: str | None = None,
) -> tuple[Columns, str]:  # fmt: skip
    """The features of a layer, in WGS 84, and the system they were in.

    `crs` overrules what the file says; with an `identity`, the numbers that the file gives to its
    features become ids, after that prefix.

    Raises:
        Unreadable: GDAL cannot read it.
    """
    with _quiet():
        try:
            meta, fids, wkb, data = pyogrio.raw.read(
                _fed(source), layer=layer.name, force_2d=True, return_fids=identity is not None,
                max_features=MAX_RECORDS if layer.total > MAX_RECORDS else None, datetime_as_string=True, encoding=encoding or None,
            )  # fmt: skip
        except _GONE_WRONG as error:
            raise damaged() from error
    if layer.total > MAX_RECORDS:
        book.note(
            _("couche «\u202f{name}\u202f»").format(name=layer.name),
            _("au-delà de la limite de 500\u202f000 enregistrements"),
            layer.total - MAX_RECORDS,
        )
    count = len(wkb) if wkb is not None else len(data[0]) if data else 0
    shapes = _shapes(wkb, count)
    where = _("couche «\u202f{name}\u202f»").format(name=layer.name)
    kept, system = placed(shapes, crs or layer.crs, where, book, wkb)
    names = [str(name) for name in meta["fields"]][:MAX_FIELDS]
    fields = {
        name: _column(values) for name, values in zip(names, data, strict=False) if _tells(values)
    }
    ids = [] if identity is None or fids is None else [f"{identity}{number}" for number in fids]
    return Columns(wkb=kept, fields=fields, ids=ids), system


def together(parts: Sequence[tuple[str, Columns]], field: str = "layer") -> Columns:
    """Several layers as one, with the name of its layer as a `field`; one alone as it is."""
    if len(parts) == 1:
        return parts[0][1]
    names = list(dict.fromkeys(name for _layer, part in parts for name in part.fields))
    fields: dict[str, list[Scalar]] = {
        name: [
            value for _layer, part in parts for value in part.fields.get(name) or [None] * len(part)
        ]
        for name in names
    }
    fields[field] = [layer for layer, part in parts for _each in range(len(part))]
    return Columns(
        wkb=[shape for _layer, part in parts for shape in part.wkb],
        fields=fields,
        ids=[one for _layer, part in parts for one in part.ids],
    )


def damaged() -> Unreadable:
    """The refusal of a file that GDAL cannot read."""
    return Unreadable(
        _("Ce fichier géographique est abîmé ou incomplet\u00a0: exportez-le de nouveau.")
    )


def _fed(source: Source) -> str | bytes:
    return str(source) if isinstance(source, Path) else source


def _layer(source: Source, name: str) -> Layer:
    told: Mapping[str, Any] = pyogrio.read_info(_fed(source), layer=name)
    count = int(told["features"])
    return Layer(name, str(told["crs"] or ""), max(count, 0), str(told["encoding"] or ""))


def _shapes(wkb: NDArray[np.object_] | None, count: int) -> NDArray[np.object_]:
    if wkb is None:
        return np.full(count, None, dtype=object)
    shapes: NDArray[np.object_] = shapely.from_wkb(wkb, on_invalid="ignore")
    return shapes


def _tells(values: NDArray[Any]) -> bool:
    """Whether a column holds values that can be shown: raw bytes cannot."""
    return not (values.dtype == object and len(values) and isinstance(values[0], bytes))


def _column(values: NDArray[Any]) -> list[Scalar]:
    if values.dtype.kind == "f":
        holes = ~np.isfinite(values)
        told: list[Scalar] = values.tolist()
        for row in np.flatnonzero(holes).tolist():
            told[row] = None
        return told
    return plain_column(values.tolist())


class _quiet(warnings.catch_warnings):  # noqa: N801 - used like the function it extends
    """What GDAL warns of (measures left out, dates it cannot read) is no news for people."""

    @override
    def __enter__(self) -> None:
        super().__enter__()
        warnings.simplefilter("ignore")
