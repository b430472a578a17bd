"""Which sources the demo has: files that ship with it, and two services that wait for a network."""

from dataclasses import dataclass, field
from typing import Any

from beffroi.layers.style import Class, Labels, Style
from beffroi.sources.definition import Roles, Source

_OWN = "Inventé pour la démonstration"
_OPEN = "Licence Ouverte 2.0"
_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One source: its file (none for a service that waits), and how its calque is drawn."""

    source: Source
    file: str = ""
    style: Style = field(default_factory=Style)
    validity_s: int = 0


def _own(title: str, **more: Any) -> Source:
    return Source(title=title, transport="attachment", licence=_OWN, attribution=_OWN, **more)


def _three(by: str, well: str, tense: str, bad: str, **more: Any) -> Style:
    """A style by three values, from well to bad: colour (ISO 22324), shape and hatching all say it."""
    classes = (
        Class(value=well, colour="#1f7a4d", shape="disc"),
        Class(value=tense, colour="#d98a00", shape="triangle", hatch="rising"),
        Class(value=bad, colour="#b3202c", shape="square", hatch="crossed"),
    )
    return Style(mode="values", field=by, classes=classes, others=False, **more)


_EVENTS = Style(
    mode="values", field="category_id", others=False, size=6,
    classes=(
        Class(value="venue-olympic", label="Épreuves olympiques", colour="#0b5f9e", shape="hexagon"),
        Class(
            value="venue-paralympic", label="Épreuves paralympiques", colour="#7a4fa3", shape="star"
        ),
    ),
)  # fmt: skip
FEEDS = (
    Feed(
        source=_own(
            "Points d’accueil du public", family="field", reliability="B",
            mapping=Roles(id="code", title="titre", severity="état"),
        ),
        file="points_accueil.csv",
        style=_three("état", "ouvert", "saturé", "fermé", size=8, labels=Labels(min_zoom=13)),
    ),
    Feed(
        source=_own(
            "Zones de célébration", family="organiser", reliability="A",
            mapping=Roles(id="code", title="nom", severity="état"),
        ),
        file="zones_public.geojson",
        style=_three("état", "ouverte", "pleine", "évacuée", fill=0.35, labels=Labels(min_zoom=12)),
    ),
    Feed(
        source=_own(
            "Vigilance orages, petite couronne", family="interministerial", reliability="A"
        ),
        file="vigilance_pluie.cap",
        style=Style(colour="#c24d08", fill=0.03, line=3, dash="dashed"),
    ),
    Feed(
        source=_own("Communiqués de circulation", family="prefecture", reliability="A"),
        file="communiques.xml",
        style=Style(colour="#7a4fa3", shape="diamond", size=7, line=4),
        validity_s=6 * _HOUR,
    ),
    Feed(
        source=_own(
            "Signalements de bénévoles", family="visov", reliability="D",
            mapping=Roles(id="id", title="titre", time="heure", severity="gravite"),
            options={"records": "signalements"},
        ),
        file="signalements.json",
        style=_three("gravite", "faible", "modérée", "forte", size=7),
        validity_s=2 * _HOUR,
    ),
    Feed(
        source=Source(
            title="Épreuves par site", transport="attachment", family="organiser", reliability="A",
            licence=_OPEN, attribution="Paris 2024",
            mapping=Roles(id="code_site", title="nom_site", time="start_date", until="end_date"),
        ),
        file="sites_jop.csv",
        style=_EVENTS,
    ),
    Feed(
        source=Source(
            title="Navettes du Frioul (Marseille)", transport="attachment", family="operator",
            reliability="B", licence=_OPEN, attribution="Le Pilote – transport.data.gouv.fr",
            options={"layer": "stops"},
        ),
        file="frioul.zip",
        style=Style(colour="#0072b2", shape="square", size=7),
    ),
    Feed(
        source=Source(
            title="Vigicrues – tronçons", enabled=False, family="interministerial",
            address="https://www.vigicrues.gouv.fr/services/1/InfoVigiCru.geojson",
            refresh_s=900, expect_s=6 * _HOUR, reliability="A", licence=_OPEN,
            attribution="Vigicrues / SCHAPI",
        ),
    ),
    Feed(
        source=Source(
            title="Séismes du jour (USGS)", enabled=False, family="open_data",
            address="https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_day.geojson",
            refresh_s=300, expect_s=24 * _HOUR, reliability="A", licence="Domaine public",
            attribution="USGS",
        ),
    ),
)  # fmt: skip
"""What the demo's desk has on its board, from the field to the open data."""
