"""Packs and gauges in words."""

from beffroi.basemaps.autonomy import COUNTY, STREET, TOWN, Gauge
from beffroi.basemaps.pack import Pack
from beffroi.text import _, number

_MEGA = 1_000_000


def size(count: int) -> str:
    """« 0,2 Mo », « 1,4 Go »."""
    if count >= 1000 * _MEGA:
        return _("{n}\u00a0Go").format(n=number(count / _MEGA / 1000, 1))
    return _("{n}\u00a0Mo").format(n=number(max(count / _MEGA, 0.1), 1))


def described(pack: Pack) -> str:
    """« Monaco – vectoriel, zooms 4 à 14, 0,2 Mo, © contributeurs OpenStreetMap »."""
    parts = [
        _("vectoriel") if pack.vector else _("images"),
        _("zooms {low} à {high}").format(low=pack.min_zoom, high=pack.max_zoom),
        size(pack.size),
    ]
    if pack.attribution:
        parts.append(pack.attribution)
    return f"{pack.title} – {', '.join(parts)}"


def detail(zoom: int) -> str:
    """How far one may go in: « à la rue »."""
    if zoom >= STREET:
        return _("à la rue")
    if zoom >= TOWN:
        return _("à la commune")
    if zoom >= COUNTY:
        return _("au département")
    return _("au pays")


def percent(share: float) -> str:
    """« 87\u202f% »; never 100 while something is missing, never 0 while something is there."""
    n = round(share * 100)
    n = min(n, 99) if share < 1 else n
    return f"{max(n, 1) if share > 0 else n}\u202f%"


def sentence(found: Gauge) -> str:
    """What is left of the view without a network, in one sentence."""
    if not found.share:
        return _(
            "Sans réseau, il ne reste ici que les couches livrées : limites, communes, sites. "
            "Installez un fond de cette région."
        )
    by = ", ".join(found.by[:3])
    if found.share < 1:
        return _(
            "Sans réseau, {share} de cette vue restent couverts, jusqu’{detail} ({by})."
        ).format(share=percent(found.share), detail=detail(found.max_zoom), by=by)
    return _("Sans réseau, toute cette vue reste couverte, jusqu’{detail} ({by}).").format(
        detail=detail(found.max_zoom), by=by
    )
