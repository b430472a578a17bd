"""Where France is far from Paris: the territories, their codes and the boxes drawn in detail."""

from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from resource_builders.geo import read_features, read_json

COLLECTIVITIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "984": "Terres australes et antarctiques françaises",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}
_ISO = {"975": 666, "977": 652, "978": 663, "984": 260, "986": 876, "987": 258, "988": 540}
_ISLET_BOXES = {
    "984": [(68.0, -50.2, 71.0, -48.2), (50.0, -47.0, 53.0, -45.6), (77.0, -39.2, 78.2, -37.3)],
    "986": [(-178.6, -14.7, -175.9, -13.0)],
    "987": [(-155.5, -28.5, -134.0, -7.5)],
    "988": [(157.5, -23.2, 168.4, -19.0)],
}
_PITCAIRN = shapely.box(-132, -26, -124, -23)
OVERSEAS_ZONES = [
    ("Antilles", "Fort-de-France", ["971", "972", "977", "978"]),
    ("Guyane", "Cayenne", ["973"]),
    ("Sud de l’océan Indien", "Saint-Denis", ["974", "976", "984"]),
    ("Nouvelle-Calédonie", "Nouméa", ["986", "988"]),
    ("Polynésie française", "Papeete", ["987"]),
]
MAINLAND_BOX = (-5.9, 41.0, 10.2, 51.7)
DETAIL_BOXES = [
    MAINLAND_BOX,
    (-63.6, 14.0, -60.5, 18.6),
    (-55.2, 1.8, -51.0, 6.3),
    (-57.0, 46.4, -55.8, 47.4),
    (54.9, -21.7, 57.9, -19.8),
    (43.0, -13.3, 45.5, -11.2),
    (157.5, -23.2, 168.8, -17.4),
    (-178.6, -14.7, -175.9, -13.0),
    (-155.5, -28.5, -134.0, -7.5),
    (68.0, -50.2, 71.0, -48.2),
    (50.0, -47.0, 53.0, -45.6),
    (77.0, -39.2, 78.2, -37.3),
    (39.0, -23.0, 43.0, -16.8),
]


@cache
def countries_10m(data: Path) -> dict[int, BaseGeometry]:
    """Each country's shape at 1:10 million by its ISO number (TopoJSON decoded)."""
    topology = read_json(data / "A_basemap/world-atlas/countries-10m.json")
    arcs = _arcs(topology)
    found = {}
    for item in topology["objects"]["countries"]["geometries"]:
        code = int(item.get("id", 0))
        geometry = shapely.make_valid(_unfolded(item, arcs))
        found[code] = found[code].union(geometry) if code in found else geometry
    return found


@cache
def islets(data: Path) -> tuple[BaseGeometry, ...]:
    """The minor islands that country shapes leave out: atolls of Polynesia among them."""
    path = data / "A_basemap/natural_earth_10m/ne_10m_minor_islands.geojson.gz"
    return tuple(shapely.make_valid(f.geometry) for f in read_features(path))


def territory(data: Path, code: str) -> BaseGeometry:
    """The land of an overseas collectivity, its small islands included."""
    land = countries_10m(data)[_ISO[code]]
    around = shapely.unary_union([shapely.box(*box) for box in _ISLET_BOXES.get(code, ())])
    near = [i for i in islets(data) if around.contains(i) and not _PITCAIRN.intersects(i)]
    return shapely.unary_union([land, *near])


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * sx + dx, y * sy + dy))
        decoded.append(line)
    return decoded


def _unfolded(item: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> BaseGeometry:
    """The shape of a country, without the parts that the source sews across 180°."""
    polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    parts = []
    for rings in polygons:
        shell, *holes = (_ring(numbers, arcs) for numbers in rings)
        longitudes = [x for x, _ in shell]
        if len(shell) >= 4 and max(longitudes) - min(longitudes) < 180:
            parts.append(shapely.Polygon(shell, [h for h in holes if len(h) >= 4]))
    return shapely.MultiPolygon(parts)


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    line: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(arc if not line else arc[1:])
    return line
