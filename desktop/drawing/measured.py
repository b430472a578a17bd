"""Measures in words, as they are read in a sheet."""

from beffroi.layers.drawing.measure import measures
from beffroi.layers.shapes import Shape
from beffroi.text import _, number


def measured(shape: Shape) -> str:
    """« Longueur : 1,24 km · Azimut : 045° »; empty for what stands at one point."""
    found = measures(shape)
    parts = []
    if found.radius_m is not None:
        parts.append(_("Rayon\u00a0: {value}").format(value=metres(found.radius_m)))
    if found.area_m2 is not None:
        parts.append(_("Surface\u00a0: {value}").format(value=surface(found.area_m2)))
    if found.length_m is not None:
        words = (
            _("Longueur\u00a0: {value}")
            if found.azimuth_deg is not None
            else _("Contour\u00a0: {value}")
        )
        parts.append(words.format(value=metres(found.length_m)))
    if found.azimuth_deg is not None:
        parts.append(
            _("Azimut\u00a0: {value}°").format(value=f"{round(found.azimuth_deg) % 360:03}")
        )
    return " · ".join(parts)


def metres(value: float) -> str:
    """« 850 m », « 1,24 km »."""
    return f"{number(value, 0)} m" if value < 1000 else f"{number(value / 1000, 2)} km"


def surface(value: float) -> str:
    """« 850 m² », « 3,2 ha », « 12,4 km² »."""
    if value < 10_000:
        return f"{number(value, 0)} m²"
    if value < 1_000_000:
        return f"{number(value / 10_000, 2)} ha"
    return f"{number(value / 1_000_000, 2)} km²"
