"""Main roads: Paris (arcs of traffic counts) and Val-d'Oise (OpenStreetMap)."""

from collections import defaultdict
from pathlib import Path

import shapely

from resource_builders.geo import Feature, read_features

_FIRST_WORDS = {
    "Av": "Avenue",
    "Bd": "Boulevard",
    "Pl": "Place",
    "Pt": "Pont",
    "Pte": "Porte",
    "R": "Rue",
    "Rte": "Route",
    "Fbg": "Rue du Faubourg",
    "PE": "Périphérique extérieur",
    "PI": "Périphérique intérieur",
    "AE": "Accès périphérique extérieur",
    "AI": "Accès périphérique intérieur",
    "SE": "Sortie périphérique extérieur",
    "SI": "Sortie périphérique intérieur",
    "VGP": "Voie Georges-Pompidou",
}
CLASSES = {"motorway": "Autoroute", "trunk": "Voie rapide", "primary": "Route principale"}
_WORDS = {"Pte": "Porte", "St": "Saint", "Ste": "Sainte", "Gal": "Général", "Fbg": "Faubourg"}


def paris_roads(data: Path) -> list[Feature]:
    """The main network of Paris, one feature per named way."""
    groups = defaultdict(list)
    path = data / "B_thematic/routes_paris/referentiel-comptages-routiers.geojson.gz"
    for f in read_features(path):
        groups[_spelt(f.properties["libelle"])].append(f.geometry)
    return [
        Feature(_joined(parts, 0.00002), {"name": name, "detail": "Réseau principal de Paris"})
        for name, parts in sorted(groups.items())
    ]


def valdoise_roads(data: Path) -> list[Feature]:
    """Motorways and main roads of Val-d'Oise, one feature per road and class."""
    groups = defaultdict(list)
    for f in read_features(data / "B_thematic/routes_rail_95/roads.geojson"):
        p = f.properties
        kind = p["type"].removesuffix("_link")
        name = p.get("ref") or p.get("name") or ""
        groups[name, kind].append(f.geometry)
    return [
        Feature(
            _joined(parts, 0.00004),
            {
                "name": name.replace(";", ", ") or CLASSES[kind],
                "type": kind,
                "detail": CLASSES[kind],
            },
        )
        for (name, kind), parts in sorted(groups.items())
    ]


def _joined(parts: list[shapely.Geometry], tolerance: float) -> shapely.Geometry:
    return shapely.simplify(shapely.line_merge(shapely.union_all(parts)), tolerance)


def _spelt(label: str) -> str:
    """« Bd_de_l'Hopital » as « Boulevard de l’Hopital »."""
    first, *others = label.replace("'", "’").split("_")
    words = [_FIRST_WORDS.get(first, _WORDS.get(first, first))]
    return " ".join(words + [_WORDS.get(word, word) for word in others])
