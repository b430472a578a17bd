"""A place somebody chose: its words, its point when it has one, how well it is known."""

from dataclasses import dataclass
from typing import Any

from beffroi.logbook.entry import GEO_PRECISION_WORDS, Content, GeoPrecision
from beffroi.text import _, language

NNBSP = "\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """What a place field holds."""

    place: str = ""
    lon: float | None = None
    lat: float | None = None
    precision: GeoPrecision = GeoPrecision.UNKNOWN
    commune: str = ""
    detail: str = ""
    """What tells it from its namesakes: there are four Croisilles.  Shown, not kept."""

    @property
    def values(self) -> dict[str, Any]:
        """The same as fields of a `Content`."""
        return {
            "place": self.place,
            "lon": self.lon,
            "lat": self.lat,
            "geo_precision": self.precision.value,
            "commune": self.commune,
        }

    @property
    def name(self) -> str:
        """How the place is called: its name, else its commune, else its coordinates."""
        return self.place or self.commune or self.coordinates

    @property
    def full_name(self) -> str:
        """The name, and what tells it from its namesakes."""
        return f"{self.name} · {self.detail}" if self.detail else self.name

    @property
    def coordinates(self) -> str:
        """« 48,96500 N 6,02700 E »."""
        if self.lon is None or self.lat is None:
            return ""
        return degrees(self.lon, self.lat)

    @property
    def in_words(self) -> str:
        """« Vandières · 48,96500 N 6,02700 E · point »."""
        if self.lon is None:
            return _("{name}, sans coordonnées").format(name=self.place) if self.place else ""
        known = dict.fromkeys((self.place, self.commune, self.coordinates))
        said = [part for part in known if part]
        said.append(_("précision : {word}").format(word=_(GEO_PRECISION_WORDS[self.precision])))
        return " · ".join(said)


NOWHERE = PlaceChoice()


def at_point(lon: float, lat: float, place: str = "") -> PlaceChoice:
    """A point of the map, a photo's, someone's coordinates."""
    return PlaceChoice(place=place, lon=lon, lat=lat, precision=GeoPrecision.POINT)


def place_of(content: Content) -> PlaceChoice:
    """The place an entry holds."""
    return PlaceChoice(
        place=content.place,
        lon=content.lon,
        lat=content.lat,
        precision=content.geo_precision,
        commune=content.commune,
    )


def from_values(values: dict[str, Any]) -> PlaceChoice:
    """The place kept in a draft."""
    return PlaceChoice(
        place=str(values.get("place") or ""),
        lon=values.get("lon"),
        lat=values.get("lat"),
        precision=GeoPrecision(values.get("geo_precision") or GeoPrecision.UNKNOWN),
        commune=str(values.get("commune") or ""),
    )


def degrees(lon: float, lat: float) -> str:
    """Decimal degrees as they are read aloud in the language of the desk."""
    north = f"{abs(lat):.5f}{NNBSP}{'N' if lat >= 0 else 'S'}"
    west = "O" if language() == "fr" else "W"
    east = f"{abs(lon):.5f}{NNBSP}{'E' if lon >= 0 else west}"
    said = f"{north} {east}"
    return said.replace(".", ",") if language() == "fr" else said
