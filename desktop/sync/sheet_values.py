"""Contested values of sheets in words: sources, calques, drawings, tracks, stages."""

from collections.abc import Callable, Mapping
from typing import Any

from beffroi.layers.calques import KIND_WORDS as CALQUES
from beffroi.layers.calques import SYMBOL_SET_WORDS
from beffroi.layers.shapes import KIND_WORDS as SHAPES
from beffroi.layers.style import MODE_WORDS
from beffroi.sources import words as sources
from beffroi.text import N_, _, distance, ngettext, number

FIELD_WORDS: dict[str, str] = {
    "transport": N_("Moyen d’accès"),
    "format": N_("Format"),
    "options": N_("Réglages de lecture"),
    "mapping": N_("Rôle des champs"),
    "expect_s": N_("En retard après"),
    "family": N_("Famille"),
    "reliability": N_("Fiabilité"),
    "licence": N_("Licence"),
    "retention_s": N_("Durée de conservation"),
    "max_count": N_("Nombre d’objets gardés"),
    "secret": N_("Clé"),
    "attachment": N_("Fichier joint"),
    "kind": N_("Type"),
    "source": N_("Source montrée"),
    "query": N_("Recherche montrée"),
    "rids": N_("Entrées montrées"),
    "symbol_set": N_("Jeu de symboles"),
    "recent_s": N_("Montré depuis"),
    "validity_s": N_("Validité"),
    "min_zoom": N_("Plus petite échelle"),
    "max_zoom": N_("Plus grande échelle"),
    "order": N_("Ordre"),
    "labels": N_("Étiquettes"),
    "layer": N_("Calque"),
    "holes": N_("Trous"),
    "radius_m": N_("Rayon"),
    "from_deg": N_("Début du secteur"),
    "to_deg": N_("Fin du secteur"),
    "rotation_deg": N_("Orientation"),
    "size": N_("Taille"),
    "fill": N_("Remplissage"),
    "planned": N_("Prévu"),
    "entry": N_("Entrée liée"),
    "track": N_("Piste"),
    "stage": N_("Étape"),
    "zones": N_("Zones surveillées"),
    "zone": N_("Fuseau horaire"),
    "forces": N_("Effectifs"),
    "closed_at": N_("Clôture"),
}
_SPANS = ("refresh_s", "expect_s", "retention_s", "validity_s", "recent_s")
_DEGREES = ("from_deg", "to_deg", "rotation_deg")
_CODES: dict[str, Mapping[str, str]] = {
    "transport": sources.TRANSPORTS,
    "family": sources.FAMILIES,
    "kind": {str(code): word for some in (CALQUES, SHAPES) for code, word in some.items()},
    "symbol_set": {str(code): word for code, word in SYMBOL_SET_WORDS.items()},
}


def sheet_value(field: str, value: Any) -> str | None:
    """A value of a sheet's field as a person reads it; None when any other field's words will do."""
    match value:
        case bool():
            return None
        case int() | float() if field in _SPANS:
            return sources.span(value) if value else _("sans limite")
        case int() | float() if field == "radius_m":
            return distance(value)
        case int() | float() if field in _DEGREES:
            return f"{number(round(value))}°"
        case str() if field in _CODES and value in _CODES[field]:
            return _(_CODES[field][value])
        case str() if field == "reliability" and value in sources.RELIABILITY:
            return sources.reliability(value)
        case str() if field in ("secret", "attachment"):
            return _("un autre que celui d’avant") if value else None
        case Mapping() if field in _PARTS:
            return _PARTS[field](value)
        case _:
            return None


def _style(value: Mapping[str, Any]) -> str:
    mode = str(value.get("mode", "single"))
    words = {str(code): word for code, word in MODE_WORDS.items()}
    parts = (_(words[mode]) if mode in words else mode, value.get("field"), value.get("colour"))
    return ", ".join(str(part) for part in parts if part)


def _mapping(value: Mapping[str, Any]) -> str:
    """« Identité : code, Titre : nom »."""
    return ", ".join(
        f"{_(sources.ROLES[role])}\u00a0: {name}"
        for role, name in value.items()
        if role in sources.ROLES and name
    )


def _measures(value: Mapping[str, Any]) -> str:
    """« intérieur 15 m, arrêt 60 s »: what is not set is left out."""
    said = [
        f"{_(_MEASURES[name])}\u00a0{distance(much) if name.endswith('_m') else sources.span(much)}"
        for name, much in value.items()
        if name in _MEASURES and isinstance(much, int | float) and much
    ]
    if isinstance(zones := value.get("zones"), list) and zones:
        said.append(ngettext("{n} zone", "{n} zones", len(zones)).format(n=len(zones)))
    return ", ".join(said)


_MEASURES = {
    "inner_m": N_("cercle intérieur"), "middle_m": N_("cercle moyen"), "ahead_m": N_("devant"),
    "behind_m": N_("derrière"), "width_m": N_("largeur"), "off_route_m": N_("hors itinéraire"),
    "stop_s": N_("arrêt"), "still_m": N_("immobile sous"), "amber_s": N_("sans position, orange"),
    "red_s": N_("sans position, rouge"),
}  # fmt: skip
_PARTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "style": _style, "mapping": _mapping, "bubble": _measures, "rules": _measures,
}  # fmt: skip
