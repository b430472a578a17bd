"""Régions, départements, communes, zones de défense and the quarters of Paris."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import shapely

from resource_builders.geo import Feature, merged, read_features, thinned_together, write
from resource_builders.overseas import COLLECTIVITIES, OVERSEAS_ZONES, territory

IGN = "A_admin_fr/france-geojson"
BORDER_DETAIL = 0.0012


@cache
def departements(data: Path) -> tuple[Feature, ...]:
    """The 101 départements and the overseas collectivities, with common borders."""
    raw = [
        Feature(f.geometry, {"name": f.properties["nom"], "code": f.properties["code"]})
        for f in read_features(data / IGN / "departements-avec-outre-mer.geojson.gz")
    ]
    shown = thinned_together(raw, BORDER_DETAIL)
    for code, name in COLLECTIVITIES.items():
        shape = territory(data, code)
        shown.append(Feature(shape, {"name": name, "code": code, "detail": "Outre-mer"}))
    return tuple(sorted(shown, key=lambda f: str(f.properties["code"])))


def _region_codes(data: Path) -> dict[str, str]:
    """The région of each département, found by what lies inside what."""
    regions = list(read_features(data / IGN / "regions-avec-outre-mer.geojson.gz"))
    found = {}
    for departement in departements(data):
        inside = departement.geometry.representative_point()
        for region in regions:
            if region.geometry.contains(inside):
                found[departement.properties["code"]] = region.properties["nom"]
    return found


def regions(data: Path) -> list[Feature]:
    """The régions, as the union of their départements so that the borders coincide."""
    groups = defaultdict(list)
    names = _region_codes(data)
    for departement in departements(data):
        if name := names.get(departement.properties["code"]):
            groups[name].append(departement)
    return [Feature(merged(parts), {"name": name}) for name, parts in sorted(groups.items())]


def defence_zones(data: Path) -> list[Feature]:
    """The 7 + 5 zones de défense et de sécurité, derived from départements."""
    by_code = {f.properties["code"]: f for f in departements(data)}
    zones = []
    for zone in read_features(data / "A_admin_fr/zones_defense_derivees.geojson"):
        codes = zone.properties["departements"]
        zones.append((f"Zone {zone.properties['zone']}", zone.properties["siege"], codes))
    zones += [(f"Zone {name}", seat, codes) for name, seat, codes in OVERSEAS_ZONES]
    return [
        Feature(
            merged(by_code[code] for code in codes),
            {"name": name, "detail": f"Siège : {seat} · {len(codes)} territoires"},
        )
        for name, seat, codes in sorted(zones)
    ]


def paris(data: Path) -> dict[str, list[Feature]]:
    """The 20 arrondissements and the 80 quartiers of Paris."""
    folder = data / "A_admin_fr/paris"
    boroughs = [
        Feature(
            f.geometry,
            {
                "name": f"Paris {_ordinal(f.properties['c_ar'])}",
                "detail": f.properties["l_aroff"],
                "code": str(f.properties["c_arinsee"]),
            },
        )
        for f in read_features(folder / "arrondissements.geojson")
    ]
    quarters = [
        Feature(
            f.geometry,
            {
                "name": f.properties["l_qu"],
                "detail": f"Paris {_ordinal(f.properties['c_ar'])}",
                "code": f.properties["c_quinsee"],
            },
        )
        for f in read_features(folder / "quartiers_80.geojson")
    ]
    return {"arrondissements": _by_code(boroughs), "quartiers": _by_code(quarters)}


def _ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"


def _by_code(features: Iterable[Feature]) -> list[Feature]:
    return sorted(features, key=lambda f: str(f.properties["code"]))


def communes(data: Path, folder: Path) -> list[dict[str, object]]:
    """One file of communes per département; tells the box of each for the index."""
    groups: dict[str, list[Feature]] = defaultdict(list)
    for f in read_features(data / "A_admin_fr/communes-2018-simplifiees.geojson.gz"):
        named = {"name": f.properties["nom"], "code": f.properties["code"]}
        groups[f.properties["dep"]].append(Feature(f.geometry, named))
    for path in sorted((data / IGN).glob("communes-*.geojson")):
        finer = [
            Feature(f.geometry, {"name": f.properties["nom"], "code": f.properties["code"]})
            for f in read_features(path)
        ]
        groups[path.name.split("-")[1]] = finer
    index = []
    for code, features in sorted(groups.items()):
        write(folder / f"{code}.geojson.gz", _by_code(features))
        box = shapely.total_bounds([f.geometry for f in features])
        index.append({"code": code, "box": [round(float(v), 4) for v in box]})
    return index
