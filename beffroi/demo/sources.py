"""Puts the demo's sources on everybody's board, read by the same engine as any other."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from msgspec.structs import replace

from beffroi import resources
from beffroi.demo.days import END
from beffroi.demo.feeds import FEEDS, Feed
from beffroi.demo.steps import Stage, uid_at
from beffroi.layers.calques import Calque
from beffroi.layers.calques import fields_of as calque_fields
from beffroi.observations import SourceState
from beffroi.plugin import Record, Sample
from beffroi.sources.definition import Source, fields_of
from beffroi.sources.mapping import mapped
from beffroi.sources.reading import read

_GROUP = "Situation"
_PARIS = "Europe/Paris"


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
        put.layers[uid_at(END, rng)] = calque_fields(_calque(feed, uid))
    for kind, sheets in (("source", put.sources), ("layer", put.layers)):
        node.sheets.put_all(kind, sheets, node.who, shared=True, marking="NP")


def _kept(stage: Stage, feed: Feed) -> tuple[Source, list[Record]]:
    """The source with its file kept in the profile, and what it tells."""
    path = resources.root() / "demo" / "sources" / feed.file
    data = path.read_bytes()
    ref = stage.node.attachments.add_bytes(feed.file, data, stage.node.who)
    sample = Sample(data=data, name=feed.file, zone=_PARIS, received=END)
    found = read(sample, options=feed.source.options)
    options = {**feed.source.options, "name": feed.file}
    source = replace(feed.source, attachment=ref.sha256, format=found.plugin, options=options)
    return source, list(mapped(found.records, source.mapping, _PARIS))


def _calque(feed: Feed, uid: str) -> Calque:
    return Calque(
        title=feed.source.title, group=_GROUP, kind="source", source=uid, style=feed.style,
        validity_s=feed.validity_s, attribution=feed.source.attribution,
    )  # fmt: skip
