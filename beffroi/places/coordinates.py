"""Coordinates in every notation a desk meets: understood when pasted, written when copied."""

import re
from dataclasses import replace

from beffroi.errors import BeffroiError
from beffroi.places import angles, links, projected, systems
from beffroi.places.reading import SYSTEMS, Reading, on_globe
from beffroi.text import N_, _

__all__ = ["NAMES", "SYSTEMS", "Reading", "format", "name", "parse"]

MAX_LENGTH = 300
NAMES = {
    "dd": N_("Degrés décimaux"),
    "dms": N_("Degrés, minutes, secondes"),
    "ddm": N_("Degrés, minutes décimales"),
    "utm": N_("UTM"),
    "mgrs": N_("MGRS"),
    "l93": N_("Lambert-93"),
}
_SAME = str.maketrans("′’‘`´ʹ″”“„ʺº˚−–—\u00a0\u202f\u2009\t\r\n", "''''''\"\"\"\"\"°°---" + " " * 6)


def name(system: str) -> str:
    """The name of a system in the language spoken now."""
    return _(NAMES[system])


def parse(text: str) -> list[Reading]:
    """The positions that the text may mean, the likeliest first; none for other text.

    Degrees are read latitude first, unless letters or common sense say otherwise; French
    decimal commas, thousands apart and map links are understood.
    """
    if not text or len(text) > MAX_LENGTH or not re.search(r"\d", text):
        return []
    plain = text.translate(_SAME).replace("''", '"').strip(" .;,")
    readings = links.read(plain) or projected.read(plain) or angles.read(plain)
    return [_labelled(reading) for reading in readings]


def _labelled(reading: Reading) -> Reading:
    shown = format(reading.lon, reading.lat, reading.system)
    title = name(reading.system)
    label = _("{system} : {position}").format(system=title, position=shown)
    return replace(reading, label=f"{label} ({reading.label})" if reading.label else label)


def format(lon: float, lat: float, system: str = "dd") -> str:  # noqa: A001
    """The position written in a system of `SYSTEMS`; UTM replaces Lambert-93 overseas.

    Raises:
        BeffroiError: this is not a position on the globe.
    """
    if not on_globe(lon, lat):
        raise BeffroiError(
            _("Cette position est hors du globe : vérifiez l’ordre latitude, longitude.")
        )
    match system:
        case "utm":
            return systems.write_utm(lon, lat)
        case "mgrs":
            return systems.write_mgrs(lon, lat)
        case "l93":
            return systems.write_lambert(lon, lat)
        case _:
            return angles.write(lon, lat, system if system in SYSTEMS else "dd")
