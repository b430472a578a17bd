"""Builds a pack of tiles from an extract of OpenStreetMap, a geographic file, or another pack."""

import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataSourceError

from beffroi.basemaps import osm, writing
from beffroi.basemaps.hilbert import number
from beffroi.basemaps.mbtiles import MbTiles
from beffroi.basemaps.merging import merged
from beffroi.basemaps.pack import Box, Pack, checked_box
from beffroi.basemaps.pmtiles import PmTiles
from beffroi.basemaps.themes import MAX_ZOOM, THEMES, Theme
from beffroi.errors import BeffroiError
from beffroi.text import _

Said = Callable[[str], None]
_MOST_TILE = 3_000_000
"""Bytes of a tile of one theme beyond which GDAL thins it out: at its own 500 kB, holes show."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of it: the pack, how many features each layer has, how long it took."""

    pack: Pack
    features: dict[str, int]
    seconds: float


def build(
    source: Path, to: Path, *, title: str = "", attribution: str = "", max_zoom: int = MAX_ZOOM,
    said: Said = lambda _words: None,
) -> Built:  # fmt: skip
    """Make a pack of a file.

    Raises:
        BeffroiError: the file cannot be read, or holds nothing to draw; one sentence.
    """
    if to.suffix.lower() != ".pmtiles":
        raise BeffroiError(_("Un fond de carte se nomme en .pmtiles : changez le nom du résultat."))
    started = time.monotonic()
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix.lower() == ".mbtiles":
        counts = _converted(source, to, title, attribution)
    else:
        counts = _drawn(source, to, title, attribution, max_zoom, said)
    opened = PmTiles(to)
    opened.close()
    return Built(pack=opened.pack, features=counts, seconds=round(time.monotonic() - started, 1))


def _drawn(
    source: Path, to: Path, title: str, attribution: str, max_zoom: int, said: Said
) -> dict[str, int]:
    extract = source.name.lower().endswith(osm.SUFFIXES)
    counts: dict[str, int] = {}
    boxes: list[Box] = []
    layers: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="beffroi-fond-") as folder:
        files = []
        for theme, told in _themes(source, extract, max_zoom):
            found = _outlines(told, boxes) if theme.outlined else told
            if not len(found):
                continue
            said(_("{name}\u00a0: {n} objets").format(name=theme.name, n=len(found)))
            file = Path(folder) / f"{theme.name}.mbtiles"
            _tiled(found, theme, file, max_zoom)
            files.append(file)
            counts[theme.name] = len(found)
            west, south, east, north = map(float, found.total_bounds)
            boxes.append((west, south, east, north))
            layers.append(_described(theme, found, max_zoom))
        if not files:
            raise BeffroiError(
                _("« {name} » ne contient rien à dessiner : choisissez un autre fichier.").format(
                    name=source.name
                )
            )
        metadata = {
            "name": title or source.name.split(".")[0],
            "attribution": attribution or (osm.ATTRIBUTION if extract else ""),
            "made": time.strftime("%Y-%m-%d", time.gmtime()),
            "generator": "beffroi-admin basemap build",
            "vector_layers": layers,
        }
        writing.write(to, merged(files), form="mvt", box=_around(boxes), metadata=metadata)
    return counts


def _themes(source: Path, extract: bool, max_zoom: int) -> Iterator[tuple[Theme, Any]]:
    if extract:
        with osm.tags_as_columns():
            for theme in sorted(THEMES, key=lambda theme: theme.outlined):
                if theme.min_zoom <= max_zoom:
                    yield theme, osm.features(source, theme)
        return
    for name in _layers(source):
        found = pyogrio.read_dataframe(source, layer=name, use_arrow=False)
        found = found[~(found.geometry.isna() | found.geometry.is_empty)]
        if found.crs is not None:
            found = found.to_crs("EPSG:4326")
        yield Theme(name=str(name), source=str(name), values={}, min_zoom=0), found


def _outlines(found: Any, boxes: list[Box]) -> Any:
    """The outlines of areas, within the box of what was read before them."""
    lines = found.set_geometry(found.geometry.boundary)
    if boxes:
        lines = lines.set_geometry(lines.geometry.clip_by_rect(*_around(boxes)))
    return lines[~(lines.geometry.isna() | lines.geometry.is_empty)]


def _layers(source: Path) -> list[str]:
    try:
        return [str(name) for name, kind in pyogrio.list_layers(source) if kind]
    except (DataSourceError, ValueError) as error:
        raise BeffroiError(
            _(
                "« {name} » ne peut pas être lu : donnez un extrait OSM, un GeoPackage, un GeoJSON ou un MBTiles."
            ).format(name=source.name)
        ) from error


def _tiled(found: Any, theme: Theme, file: Path, max_zoom: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a tile beyond the size is thinned
        pyogrio.write_dataframe(
            found, file, driver="MBTiles", layer=theme.name,
            dataset_options={
                "MINZOOM": str(theme.min_zoom), "MAXZOOM": str(max_zoom),
                "MAX_SIZE": str(_MOST_TILE), "MAX_FEATURES": "200000", "FORMAT": "MVT",
            },
        )  # fmt: skip


def _described(theme: Theme, found: Any, max_zoom: int) -> dict[str, Any]:
    fields = {str(name): "String" for name in found.columns if name != found.geometry.name}
    return {"id": theme.name, "fields": fields, "minzoom": theme.min_zoom, "maxzoom": max_zoom}


def _around(boxes: list[Box]) -> Box:
    west, south, east, north = (list(side) for side in zip(*boxes, strict=True))
    return checked_box(
        max(-180.0, min(west)), max(-85.0, min(south)), min(180.0, max(east)), min(85.0, max(north))
    )


def _converted(source: Path, to: Path, title: str, attribution: str) -> dict[str, int]:
    """An MBTiles as PMTiles, its tiles unchanged."""
    opened = MbTiles(source)
    try:
        pack = opened.pack
        places = sorted(opened.places(), key=lambda place: number(*place))
        tiles = ((z, x, y, opened.tile(z, x, y) or b"") for z, x, y in places)
        metadata = {
            "name": title or pack.title,
            "attribution": attribution or pack.attribution,
            "vector_layers": [{"id": name, "fields": {}} for name in pack.layers],
        }
        count = writing.write(to, tiles, form=pack.form, box=pack.box, metadata=metadata)
    finally:
        opened.close()
    return {"tiles": count}
