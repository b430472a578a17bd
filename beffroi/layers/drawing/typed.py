"""Reads what is typed beside the pointer: coordinates, or a distance and a bearing from where one is."""

import re
from dataclasses import dataclass

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.geodesic import near, reach
from beffroi.layers.shapes import MOST_RADIUS_M, Position
from beffroi.places import coordinates
from beffroi.places.folding import fold
from beffroi.text import _

_METRES = {
    "": 1.0,
    "m": 1.0,
    "km": 1000.0,
    "nm": 1852.0,
    "nq": 1852.0,
    "mn": 1852.0,
    "mi": 1609.344,
}
_WINDS = (
    "nord", "nord nord est", "nord est", "est nord est", "est", "est sud est", "sud est",
    "sud sud est", "sud", "sud sud ouest", "sud ouest", "ouest sud ouest", "ouest",
    "ouest nord ouest", "nord ouest", "nord nord ouest",
)  # fmt: skip
_LETTERS = {"nord": "n", "sud": "s", "est": "e", "ouest": "o"}
_DISTANCE = re.compile(r"(\d{1,7}(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d{1,6})?)\s*([a-z]{0,2})", re.I)
_BEARING = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:°|deg|grad)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the fields; empty where nothing was typed."""

    coordinates: str = ""
    distance: str = ""
    azimuth: str = ""


def spot(
    typed: Typed, start: Position | None, *, towards: float = 0.0, far: float = 0.0
) -> Position:
    """The position meant.  `towards` (degrees) and `far` (metres) stand for what was not typed.

    Raises:
        BeffroiError: nothing can be understood of it; the sentence says what may be typed.
    """
    if typed.coordinates:
        return _position(typed.coordinates, start)
    if start is None:
        raise BeffroiError(_("Saisissez d’abord les coordonnées du premier point."))
    metres = read_distance(typed.distance) if typed.distance else far
    if metres <= 0:
        raise BeffroiError(_("Donnez aussi une distance, par exemple «\u202f1,2\u00a0km\u202f»."))
    return reach(start, metres, read_bearing(typed.azimuth) if typed.azimuth else towards)


def read_distance(text: str) -> float:
    """Metres: « 350 », « 1,2 km », « 3 NM » (nautical), « 2 mi ».

    Raises:
        BeffroiError: this is no distance, or one that goes too far.
    """
    match = _DISTANCE.fullmatch(text.strip())
    unit = match[2].lower() if match else "?"
    if match is None or unit not in _METRES:
        raise BeffroiError(
            _(
                "Distance illisible\u00a0: écrivez par exemple «\u202f350\u00a0m\u202f» ou «\u202f1,2\u00a0km\u202f»."
            )
        )
    metres = float(re.sub(r"[ \u00a0\u202f]", "", match[1]).replace(",", ".")) * _METRES[unit]
    if not 0 < metres <= MOST_RADIUS_M:
        raise BeffroiError(_("Cette distance dépasse 5\u202f000\u00a0km\u00a0: corrigez-la."))
    return metres


def read_bearing(text: str) -> float:
    """Degrees clockwise from north: « 045 », « 45° », « NE », « nord-est ».

    Raises:
        BeffroiError: this is no direction.
    """
    if (match := _BEARING.fullmatch(text.strip())) is not None:
        degrees = float(match[1].replace(",", "."))
        if degrees <= 360:
            return degrees % 360
    wind = _wind(fold(text))
    if wind is None:
        raise BeffroiError(
            _("Azimut illisible\u00a0: écrivez un angle de 0 à 360, ou «\u202fNE\u202f».")
        )
    return wind * 360 / len(_WINDS)


def _wind(said: str) -> int | None:
    letters = said.replace("w", "o")
    for at, name in enumerate(_WINDS):
        if said == name or letters == "".join(_LETTERS[word] for word in name.split()):
            return at
    return None


def _position(text: str, start: Position | None) -> Position:
    readings = coordinates.parse(text)
    if not readings:
        raise BeffroiError(
            _(
                "Coordonnées illisibles\u00a0: collez des degrés, du Lambert-93, de l’UTM ou du MGRS."
            )
        )
    found = (readings[0].lon, readings[0].lat)
    return near(found, start) if start else found
