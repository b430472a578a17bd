"""What a pack made of OpenStreetMap holds: its layers, from which tags, from which zoom on.

The names of layers and classes are those of `resources/web/grounds/style.js`.
"""

from dataclasses import dataclass

MAX_ZOOM = 14
"""Beyond, tiles of this zoom are drawn larger: what they hold is exact to a decimetre or so."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One layer of tiles: `values` are its classes by tag, `extra` more columns."""

    name: str
    source: str
    values: dict[str, dict[str, str]]
    min_zoom: int
    extra: tuple[str, ...] = ()
    named: bool = True
    outlined: bool = False
    """Only its outlines, and only where the rest of the extract is: a region is larger than it."""

    @property
    def where(self) -> str:
        """The condition in SQL that a feature must meet."""
        return " OR ".join(_any_of(tag, classes) for tag, classes in self.values.items())

    @property
    def columns(self) -> tuple[str, ...]:
        """What to read of each feature."""
        names = ("name", "name_fr") if self.named else ()
        return tuple(dict.fromkeys((*self.values, *names, *self.extra)))


def _any_of(tag: str, classes: dict[str, str]) -> str:
    if "*" in classes:
        return f"({tag} IS NOT NULL AND {tag} <> 'no')"
    listed = ", ".join(f"'{value}'" for value in classes)
    return f"{tag} IN ({listed})"


def _same(*values: str) -> dict[str, str]:
    return {value: value for value in values}


_GREEN = {"forest": "wood", "grass": "grass", "meadow": "grass", "recreation_ground": "park",
          "village_green": "park", "cemetery": "cemetery", "orchard": "farm", "vineyard": "farm",
          "allotments": "farm"}  # fmt: skip
_BUILT = {"residential": "urban", "commercial": "works", "industrial": "works", "retail": "works",
          "railway": "works", "military": "military", "quarry": "works"}  # fmt: skip
_WILD = {"wood": "wood", "scrub": "grass", "heath": "grass", "grassland": "grass", "beach": "sand",
         "sand": "sand", "wetland": "wet", "glacier": "ice", "bare_rock": "rock"}  # fmt: skip
_CARE = {"hospital": "hospital", "clinic": "hospital", "police": "police",
         "fire_station": "fire", "townhall": "townhall", "school": "school",
         "university": "school", "college": "school", "prison": "prison",
         "courthouse": "townhall", "embassy": "townhall", "fuel": "fuel"}  # fmt: skip

COAST = "coast"
SEA = Theme(name="sea", source="", values={}, min_zoom=8, named=False)
"""Sea and land on both sides of the coastlines, worked out of them (`coast.py`)."""
THEMES = (
    Theme(name="landuse", source="multipolygons", min_zoom=9, named=False, values={
        "landuse": _GREEN | _BUILT, "natural": _WILD,
        "leisure": {"park": "park", "garden": "park", "pitch": "park", "golf_course": "park",
                    "stadium": "works", "nature_reserve": "wood"},
        "aeroway": {"aerodrome": "works"}, "military": _same("barracks", "base", "range"),
    }),
    Theme(name="water", source="multipolygons", min_zoom=7, values={
        "natural": {"water": "water", "bay": "water"},
        "landuse": {"reservoir": "water", "basin": "water"},
        "waterway": {"riverbank": "water", "dock": "water"},
    }),
    Theme(name="rivers", source="lines", min_zoom=8,
          values={"waterway": {"river": "river", "canal": "canal"}}),
    Theme(name="streams", source="lines", min_zoom=13,
          values={"waterway": {"stream": "stream", "ditch": "stream", "drain": "stream"}}),
    Theme(name=COAST, source="lines", min_zoom=5, named=False,
          values={"natural": {"coastline": "coast"}}),
    Theme(name="buildings", source="multipolygons", min_zoom=14, named=False,
          values={"building": {"*": "building"}}),
    Theme(name="aeroways", source="lines", min_zoom=11, extra=("ref",),
          values={"aeroway": _same("runway", "taxiway")}),
    Theme(name="paths", source="lines", min_zoom=14, values={"highway": _same(
        "footway", "path", "steps", "cycleway", "bridleway", "pedestrian", "track")}),
    Theme(name="streets", source="lines", min_zoom=12, extra=("ref",), values={"highway": {
        **_same("unclassified", "residential", "living_street", "service", "road"),
        "busway": "service"}}),
    Theme(name="roads", source="lines", min_zoom=10, extra=("ref",), values={"highway": {
        "secondary": "secondary", "secondary_link": "secondary", "tertiary": "tertiary",
        "tertiary_link": "tertiary"}}),
    Theme(name="main_roads", source="lines", min_zoom=7, extra=("ref",), values={"highway": {
        "primary": "primary", "primary_link": "primary", "trunk": "trunk", "trunk_link": "trunk"}}),
    Theme(name="motorways", source="lines", min_zoom=5, extra=("ref",), values={"highway": {
        "motorway": "motorway", "motorway_link": "motorway"}}),
    Theme(name="rail", source="lines", min_zoom=8, extra=("service",),
          values={"railway": {"rail": "rail", "narrow_gauge": "rail"}}),
    Theme(name="metro", source="lines", min_zoom=12,
          values={"railway": _same("subway", "light_rail", "tram", "funicular", "monorail")}),
    Theme(name="boundaries", source="multipolygons", min_zoom=4, extra=("boundary",), outlined=True,
          values={"admin_level": {"2": "country", "4": "region", "6": "departement"}}),
    Theme(name="communes", source="multipolygons", min_zoom=10, extra=("boundary",), outlined=True,
          values={"admin_level": {"8": "commune"}}),
    Theme(name="places", source="points", min_zoom=4, extra=("population",),
          values={"place": _same("city", "town")}),
    Theme(name="villages", source="points", min_zoom=10, extra=("population",),
          values={"place": _same("village", "suburb", "island")}),
    Theme(name="hamlets", source="points", min_zoom=13,
          values={"place": _same("hamlet", "quarter", "neighbourhood", "locality", "islet")}),
    Theme(name="stations", source="points", min_zoom=11, extra=("station",), values={
        "railway": {"station": "station", "halt": "station", "tram_stop": "stop"},
        "aeroway": {"aerodrome": "airport", "helipad": "helipad"}}),
    Theme(name="pois", source="points", min_zoom=13, values={
        "amenity": _CARE, "emergency": {"ambulance_station": "hospital"}}),
    Theme(name="poi_areas", source="multipolygons", min_zoom=13, values={
        "amenity": _CARE, "aeroway": {"aerodrome": "airport", "heliport": "helipad"}}),
)  # fmt: skip
