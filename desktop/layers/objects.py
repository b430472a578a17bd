"""What an object of a calque is called, where it is, and how long ago something was, in words."""

from collections.abc import Iterator
from typing import Any

from beffroi.observations import Observation
from beffroi.text import _, ngettext

Box = tuple[float, float, float, float]


def title_of(found: Observation) -> str:
    """What an object is called: its title, its identity, or its number here."""
    own = found.title.strip() or ("" if found.id.startswith("#") else found.id)
    return own or _("Objet {rid}").format(rid=found.rid)


def box_of(found: Observation) -> Box | None:
    """West, south, east, north of an object, None when it has no place."""
    spots = list(_positions((found.geometry or {}).get("coordinates")))
    for part in (found.geometry or {}).get("geometries", ()):
        spots += _positions(part.get("coordinates"))
    if not spots:
        return None
    lons, lats = zip(*spots, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def middle(found: Observation) -> tuple[float, float] | None:
    """The middle of an object."""
    box = box_of(found)
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _positions(part)


def span(ms: int) -> str:
    """A length of time in its biggest unit."""
    minutes = ms // 60_000
    if minutes < 1:
        return _("moins d’une minute")
    if minutes < 120:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{n} heure", "{n} heures", hours).format(n=hours)
    return ngettext("{n} jour", "{n} jours", hours // 24).format(n=hours // 24)
