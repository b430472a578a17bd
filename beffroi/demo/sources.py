"""The sources of the demo: files that ship with it, and two services that wait for a network."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from msgspec.structs import replace

from beffroi import resources
from beffroi.demo.days import END
from beffroi.demo.steps import Stage, uid_at
from beffroi.layers.calques import Calque
from beffroi.layers.calques import fields_of as calque_fields
from beffroi.layers.classing import by_value
from beffroi.layers.style import Labels, Style
from beffroi.observations import SourceState
from beffroi.plugin import Record, Sample
from beffroi.sources.definition import Roles, Source, fields_of
from beffroi.sources.mapping import mapped
from beffroi.sources.reading import read

_GROUP = "Situation"
_OWN = "Inventé pour la démonstration"
_OPEN = "Licence Ouverte 2.0"
_PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One source: its file (or the address of a service that waits), and how its calque is drawn.

    `by` is the field whose values are told apart by colour and shape, each value with its look.
    """

    source: Source
    file: str = ""
    style: Style = field(default_factory=Style)
    by: str = ""
    validity_s: int = 0


def _own(title: str, **more: Any) -> Source:
    return Source(title=title, transport="attachment", licence=_OWN, attribution=_OWN, **more)


FEEDS = (
    Feed(
        source=_own("Points d’accueil du public", family="field", reliability="B",
                    mapping=Roles(id="code", title="titre", severity="état")),
        file="points_accueil.csv", by="état", style=Style(size=8, labels=Labels(min_zoom=13)),
    ),
    Feed(
        source=_own("Zones de célébration", family="organiser", reliability="A",
                    mapping=Roles(id="code", title="nom", severity="état")),
        file="zones_public.geojson", by="état", style=Style(fill=0.35, labels=Labels(min_zoom=12)),
    ),
    Feed(
        source=_own("Vigilance orages, petite couronne", family="interministerial",
                    reliability="A"),
        file="vigilance_pluie.cap",
        style=Style(colour="#d55e00", fill=0.12, hatch="rising", dash="dashed"),
    ),
    Feed(
        source=_own("Communiqués de circulation", family="prefecture", reliability="A"),
        file="communiques.xml", style=Style(colour="#7a4fa3", shape="diamond", size=7, line=4),
        validity_s=6 * 3600,
    ),
    Feed(
        source=_own("Signalements de bénévoles", family="visov", reliability="D",
                    mapping=Roles(id="id", title="titre", time="heure", severity="gravite"),
                    options={"records": "signalements"}),
        file="signalements.json", by="gravite", style=Style(size=7), validity_s=2 * 3600,
    ),
    Feed(
        source=Source(
            title="Épreuves par site", transport="attachment", family="organiser", reliability="A",
            licence=_OPEN, attribution="Paris 2024",
            mapping=Roles(id="code_site", title="nom_site", time="start_date", until="end_date"),
        ),
        file="sites_jop.csv", by="category_id", style=Style(size=6),
    ),
    Feed(
        source=Source(
            title="Navettes du Frioul (Marseille)", transport="attachment", family="operator",
            reliability="B", licence=_OPEN, attribution="Le Pilote – transport.data.gouv.fr",
            options={"layer": "stops"},
        ),
        file="frioul.zip", style=Style(colour="#0072b2", shape="square", size=7),
    ),
    Feed(
        source=Source(
            title="Vigicrues – tronçons", enabled=False, family="interministerial",
            address="https://www.vigicrues.gouv.fr/services/1/InfoVigiCru.geojson",
            refresh_s=900, expect_s=6 * 3600, reliability="A", licence=_OPEN,
            attribution="Vigicrues / SCHAPI",
        ),
    ),
    Feed(
        source=Source(
            title="Séismes du jour (USGS)", enabled=False, family="open_data",
            address="https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_day.geojson",
            refresh_s=300, expect_s=86_400, reliability="A", licence="Domaine public",
            attribution="USGS",
        ),
    ),
)  # fmt: skip
"""What the demo's desk has on its board, from the field to the open data."""


@dataclass(slots=True)
class _Put:
    """The sheets, by kind and uid."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    layers: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


def keep_sources(stage: Stage, rng: Random) -> None:
    """Put the sources on everybody's board, with what they told last."""
    node = stage.node
    put = _Put()
    for feed in FEEDS:
        uid = uid_at(END, rng)
        source, records = feed.source, list[Record]()
        if feed.file:
            source, records = _kept(stage, feed)
            node.observations.put(uid, records, snapshot=True, now=END)
            told = SourceState(since=END, last_try=END, last_ok=END, last_data=END, last_new=END)
            node.observations.put_states({uid: told}, {})
        put.sources[uid] = fields_of(source)
        put.layers[uid_at(END, rng)] = calque_fields(_calque(feed, uid, records))
    for kind, sheets in (("source", put.sources), ("layer", put.layers)):
        node.sheets.put_all(kind, sheets, node.who, shared=True, marking="NP")


def _kept(stage: Stage, feed: Feed) -> tuple[Source, list[Record]]:
    """The source with its file kept in the profile, and what it tells."""
    path = resources.root() / "demo" / "sources" / feed.file
    data = path.read_bytes()
    ref = stage.node.attachments.add_bytes(feed.file, data, stage.node.who)
    sample = Sample(data=data, name=feed.file, zone=_PARIS, received=END)
    found = read(sample, options=feed.source.options)
    source = replace(feed.source, attachment=ref.sha256, format=found.plugin)
    return source, list(mapped(found.records, source.mapping, _PARIS))


def _calque(feed: Feed, uid: str, records: list[Record]) -> Calque:
    style = feed.style
    if feed.by:
        classes = by_value(record.properties.get(feed.by) for record in records)
        style = replace(style, mode="values", field=feed.by, classes=classes)
    return Calque(
        title=feed.source.title, group=_GROUP, kind="source", source=uid, style=style,
        validity_s=feed.validity_s, attribution=feed.source.attribution,
    )  # fmt: skip
