"""The Games: competition sites, security perimeters and the torch relay."""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import shapely

from resource_builders.geo import Feature, point, read_features

PARIS = ZoneInfo("Europe/Paris")
PERIMETER_COLOURS = {"Rouge": "#C62828", "Bleu": "#1565C0", "Blanc": "#9E9E9E", "Gris": "#616161"}
PERIMETER_MEANING = {
    "Rouge": "circulation motorisée interdite sauf dérogation",
    "Bleu": "circulation réservée aux riverains et ayants droit",
}


def sites(data: Path) -> list[Feature]:
    """The 63 competition sites with their sports and dates."""
    path = data / "B_thematic/jop_sites/sites_competition.geojson"
    found = []
    for f in read_features(path):
        p = f.properties
        paralympic = "paralympic" in p["category_id"]
        family = "Jeux paralympiques" if paralympic else "Jeux olympiques"
        dates = f"du {_day(p['start_date'])} au {_day(p['end_date'])}"
        found.append(
            Feature(
                f.geometry,
                {
                    "name": p["nom_site"],
                    "code": p["code_site"],
                    "type": "paralympique" if paralympic else "olympique",
                    "detail": f"{family}, {dates} · {p['sports']}",
                    "sports": p["sports"],
                    "date_debut": _day_ms(p["start_date"]),
                    "date_fin": _day_ms(p["end_date"], end=True),
                },
            )
        )
    return sorted(found, key=lambda f: (f.properties["type"], f.properties["code"]))


def perimeters(data: Path) -> list[Feature]:
    """The security perimeters, each with its colour and the time it holds."""
    folder = data / "B_thematic/jop_perimetres"
    raw = [
        *read_features(folder / "zones.geojson"),
        *read_features(folder / "para_ouverture.geojson"),
    ]
    found = [_perimeter(f) for f in raw]
    return sorted(found, key=lambda f: (f.properties["date_debut"], f.properties["name"]))


def _perimeter(feature: Feature) -> Feature:
    p = feature.properties
    kind = p["TYPE_PERI"]
    start, end = _moment_ms(p["DATE_DEBUT"]), _moment_ms(p["DATE_FIN"])
    if end < start:
        start, end = end, start
    meaning = PERIMETER_MEANING.get(kind)
    return Feature(
        shapely.simplify(feature.geometry, 0.00002),
        {
            "name": p["EVENEMENT"].replace("_", " ").strip(),
            "type": kind,
            "color": PERIMETER_COLOURS[kind],
            "detail": f"Périmètre {kind.lower()}" + (f" : {meaning}" if meaning else ""),
            "date_debut": start,
            "date_fin": end,
        },
    )


def torch_relay(data: Path) -> list[Feature]:
    """The stages of the relay that a press source confirms; unsourced ones are left out."""
    stages: dict[tuple[float, float], dict[str, Any]] = {}
    days: dict[tuple[float, float], list[str]] = defaultdict(list)
    for f in read_features(data / "B_thematic/relais_flamme/etapes_flamme_olympique_2024.geojson"):
        p = f.properties
        if p["source"].startswith("connaissance"):
            continue
        key = (f.geometry.x, f.geometry.y)
        days[key].append(p["date"])
        stages[key] = {"name": p["ville_etape"], "code": p["code_insee"]}
    return [
        point(
            *key,
            **stages[key],
            detail="Relais de la flamme, " + ", ".join(_day(d) for d in sorted(days[key])),
            date_debut=_day_ms(min(days[key])),
            date_fin=_day_ms(max(days[key]), end=True),
        )
        for key in sorted(stages, key=lambda k: (min(days[k]), k))
    ]


def _day(text: str) -> str:
    return f"{datetime.fromisoformat(text):%d/%m/%Y}"


def _day_ms(text: str, *, end: bool = False) -> int:
    at = datetime.fromisoformat(text).replace(tzinfo=PARIS)
    at = at.replace(hour=23, minute=59) if end else at
    return int(at.timestamp() * 1000)


def _moment_ms(text: str) -> int:
    at = datetime.strptime(text.split(".")[0], "%Y/%m/%d %H:%M:%S").replace(tzinfo=PARIS)
    return int(at.timestamp() * 1000)
