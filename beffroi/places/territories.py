"""Where France is: boxes around the mainland and each overseas territory."""

from typing import NamedTuple


class Territory(NamedTuple):
    """A part of France: its name, its box and the projected system used there."""

    name: str
    west: float
    south: float
    east: float
    north: float
    epsg: int
    utm_zone: int

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the position is in the box."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


TERRITORIES = (
    Territory("France métropolitaine", -5.9, 41.0, 10.2, 51.7, 2154, 31),
    Territory("Antilles", -63.6, 14.0, -60.5, 18.6, 5490, 20),
    Territory("Guyane", -55.2, 1.8, -51.0, 6.3, 2972, 22),
    Territory("Saint-Pierre-et-Miquelon", -57.0, 46.4, -55.8, 47.4, 4467, 21),
    Territory("La Réunion", 54.9, -21.7, 56.1, -20.6, 2975, 40),
    Territory("Mayotte", 44.7, -13.2, 45.5, -12.4, 4471, 38),
    Territory("Nouvelle-Calédonie", 157.5, -23.2, 168.8, -17.4, 3163, 58),
    Territory("Wallis-et-Futuna", -178.6, -14.7, -175.9, -13.0, 8903, 1),
    Territory("Polynésie française", -155.5, -28.5, -134.0, -7.5, 3297, 6),
    Territory("Kerguelen", 68.0, -50.2, 71.0, -48.2, 7078, 42),
    Territory("Crozet", 50.0, -47.0, 53.0, -45.6, 7076, 39),
    Territory("Saint-Paul et Amsterdam", 77.0, -39.2, 78.2, -37.3, 7079, 43),
)


def territory_at(lon: float, lat: float) -> Territory | None:
    """The French territory around a position."""
    return next((t for t in TERRITORIES if t.holds(lon, lat)), None)


def in_france(lon: float, lat: float) -> bool:
    """Whether the position is in or near France, overseas included."""
    return territory_at(lon, lat) is not None
