"""A named place and how precisely it says where something is."""

from dataclasses import dataclass

KINDS = (
    "site", "gare", "hôpital", "préfecture", "commune", "quartier", "police", "aéroport",
    "nucléaire", "seveso", "voie", "lieu", "département", "région", "pays", "coordonnées",
)  # fmt: skip

_PRECISION = {
    "commune": "commune",
    "lieu": "commune",
    "voie": "street",
    "quartier": "zone",
    "région": "zone",
    "pays": "zone",
    "département": "department",
}


@dataclass(frozen=True)
class Place:
    """Where something may be: `geo_precision` is one of the codes of an entry's position."""

    name: str
    kind: str
    detail: str
    lon: float
    lat: float
    code: str = ""
    population: int = 0
    geo_precision: str = "point"


def precision_of(kind: str) -> str:
    """How precise a position taken from a place of this kind is."""
    return _PRECISION.get(kind, "point")
