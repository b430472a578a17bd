"""Builds the data files of `resources/` from a folder of open data; the same at each run.

    python tools/build_resources.py FOLDER_OF_OPEN_DATA [NAME…]
    python tools/build_resources.py NODE_MODULES icons

Only sources whose licence allows it are read; `resources/layers/catalogue.toml` names them all.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from resource_builders import (
    admin,
    attributions,
    basemap,
    far,
    games,
    icons,
    names,
    points,
    rail,
    roads,
)
from resource_builders.geo import Feature, write

ROOT = Path(__file__).parents[1] / "resources"
Builder = Callable[[Path], Iterable[Feature]]

LAYERS: dict[str, Builder] = {
    "jop_sites": games.sites,
    "departements": admin.departements,
    "basemap_land": basemap.near_land,
    "basemap_coast": basemap.coast,
    "basemap_borders": basemap.borders,
    "basemap_lakes": basemap.lakes,
    "basemap_rivers": basemap.rivers,
    "basemap_urban": basemap.urban_areas,
    "regions": admin.regions,
    "zones_defense": admin.defence_zones,
    "paris_arrondissements": lambda data: admin.paris(data)["arrondissements"],
    "paris_quartiers": lambda data: admin.paris(data)["quartiers"],
    "jop_perimetres": games.perimeters,
    "relais_flamme": games.torch_relay,
    "sncf_stations": rail.sncf_stations,
    "sncf_lines": rail.sncf_lines,
    "idfm_stations": rail.idfm_stations,
    "idfm_lines": rail.idfm_lines,
    "paris_roads": roads.paris_roads,
    "valdoise_roads": roads.valdoise_roads,
    "hospitals_idf": points.hospitals,
    "prefectures": points.prefectures,
    "police_paris": points.police_paris,
    "airports": points.airports,
    "nuclear": points.nuclear,
    "seveso": points.seveso,
    "far/departements": far.departements,
    "far/regions": far.regions,
    "far/zones_defense": far.defence_zones,
    "far/basemap_land": far.land,
    "far/basemap_coast": far.coast,
}


def communes(data: Path) -> None:
    """One file per département and the index of their boxes."""
    folder = ROOT / "layers" / "communes"
    index = admin.communes(data, folder)
    text = json.dumps({item["code"]: item["box"] for item in index}, separators=(",", ":"))
    (folder / "index.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Build everything, or only the files named after the folder."""
    data, wanted = Path(sys.argv[1]), sys.argv[2:]
    if wanted == ["icons"]:
        icons.copy(data, ROOT)
        return
    for name, builder in LAYERS.items():
        if not wanted or name in wanted:
            start = time.monotonic()
            size = write(ROOT / "layers" / f"{name}.geojson.gz", builder(data))
            print(f"{name}: {size // 1024} kB in {time.monotonic() - start:.1f} s")
    attributions.write(ROOT)
    if not wanted or "communes" in wanted:
        communes(data)
    if not wanted or "gazetteer" in wanted:
        (ROOT / "gazetteer" / "places.bin.gz").write_bytes(names.build(data))


if __name__ == "__main__":
    main()
