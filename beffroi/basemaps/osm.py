"""Reads the themes of a pack out of an OpenStreetMap extract, with GDAL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from pyogrio.errors import DataSourceError

from beffroi import resources
from beffroi.basemaps.themes import Theme
from beffroi.errors import BeffroiError
from beffroi.text import _

ATTRIBUTION = "© contributeurs OpenStreetMap (ODbL)"
SUFFIXES = (".pbf", ".osm", ".osm.bz2")


@contextmanager
def tags_as_columns() -> Iterator[None]:
    """While it lasts, GDAL gives the tags of our themes as columns."""
    config = resources.root() / "basemaps" / "osmconf.ini"
    before = pyogrio.get_gdal_config_option("OSM_CONFIG_FILE")
    pyogrio.set_gdal_config_options({"OSM_CONFIG_FILE": str(config)})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OSM_CONFIG_FILE": before})


def features(extract: Path, theme: Theme) -> Any:
    """The features of a theme as a GeoDataFrame with `class`, `name` and what the theme adds.

    Raises:
        BeffroiError: it is no extract that can be read.
    """
    columns = ", ".join(theme.columns)
    question = f"SELECT {columns} FROM {theme.source} WHERE {theme.where}"
    try:
        found = pyogrio.read_dataframe(extract, sql=question, use_arrow=False)
    except (DataSourceError, ValueError, RuntimeError) as error:
        raise BeffroiError(
            _(
                "L’extrait «\u202f{name}\u202f» ne peut pas être lu : téléchargez-le de nouveau."
            ).format(name=extract.name)
        ) from error
    return _classed(found, theme)


def _classed(found: Any, theme: Theme) -> Any:
    """Each feature with the class of its first tag that has one; borders that are none left out."""
    if "boundary" in theme.extra:
        found = found[found["boundary"] == "administrative"]
    classes = None
    for tag, values in theme.values.items():
        told = found[tag].map(lambda value, v=values: v.get(value, v.get("*")), na_action="ignore")
        classes = told if classes is None else classes.fillna(told)
    kept: dict[str, Any] = {"class": classes}
    if theme.named:
        kept["name"] = found["name_fr"].fillna(found["name"])
    kept |= {name: found[name] for name in theme.extra if name not in ("boundary",)}
    return geopandas.GeoDataFrame(kept, geometry=found.geometry, crs="EPSG:4326")
