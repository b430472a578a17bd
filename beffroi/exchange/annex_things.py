"""What an annex shows: entries and the things of calques inside a box, as GeoJSON with plain words."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.layers import painting
from beffroi.layers.calques import calque_of
from beffroi.layers.catalogue import LayerSpec, folder
from beffroi.layers.style import Look
from beffroi.logbook.entry import GRAVITY_WORDS, Entry
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.observations import Observation
from beffroi.text import _

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Feature = dict[str, Any]
GRAVITY_COLOURS = ("#6b7683", "#2c7a57", "#b07700", "#c4501b", "#b3202c")
_LONGEST = 1_000
_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Group:
    """Things of one calque; `words` are under `name` and `text` of each, markup already disarmed."""

    title: str
    features: list[Feature]
    colour: str = "#455a64"
    fill: str = ""
    width: float = 1.2
    ground: bool = False
    """Drawn below, and not pointed at."""
    marked: bool = False
    """Drawn by the shape and the number of a gravity (`level`)."""


def of_entries(entries: Iterable[Entry]) -> Group:
    """Entries as points, the gravest on top."""
    found = sorted(
        (entry for entry in entries if entry.content.lon is not None),
        key=lambda entry: (entry.content.gravity, entry.event_time),
    )
    features = [_entry(entry) for entry in found]
    return Group(title=_("Main courante"), features=features, marked=True)


def _entry(entry: Entry) -> Feature:
    content, gravity = entry.content, entry.content.gravity
    at = to_datetime(entry.event_time).strftime("%d/%m/%Y %H:%M UTC")
    head = f"{entry.label} – {at} – {_(GRAVITY_WORDS[gravity])}"
    return _feature(
        {"type": "Point", "coordinates": [content.lon, content.lat]}, head, content.text,
        colour=GRAVITY_COLOURS[gravity], radius=5 + gravity, level=gravity,
    )  # fmt: skip


def of_shipped(spec: LayerSpec, box: Box, *, ground: bool) -> Group:
    """What a shipped layer has inside the box, cut to it."""
    file = folder() / (spec.far if ground and spec.far else spec.file)
    document = json.loads(gzip.decompress(file.read_bytes()))
    # areas and lines go on past the edge: a cut is not an outline
    frame = shapely.box(*(box if spec.kind == "point" else _grown(box)))
    features = [
        _feature(geometry, str(told.get("properties", {}).get("name") or spec.title), "")
        for told in document["features"]
        if (geometry := _cut(told.get("geometry"), frame)) is not None
    ]
    return Group(
        title=spec.title,
        features=features[:_MOST],
        colour=str(spec.style.get("color") or ""),
        fill=str(spec.style.get("fill") or ""),
        width=float(str(spec.style.get("width", 1.0))),
        ground=ground,
    )


def of_calque(node: Node, sheet: Sheet, box: Box) -> Group | None:
    """What the source of a calque tells inside the box; None for calques of another kind."""
    try:
        calque = calque_of(sheet.fields)
    except BeffroiError:
        return None
    if calque.kind != "source" or not calque.source:
        return None
    told = [o for o in node.observations.features(calque.source, box, _MOST) if o.geometry]
    places = painting.places(
        calque.style, [one.properties.get(calque.style.field) for one in told], len(told)
    )
    looks = calque.style.looks()
    features = [
        _observed(one, looks[place])
        for one, place in zip(told, places, strict=True)
        if place != painting.HIDDEN
    ]
    return Group(title=calque.title, features=features)


def _observed(one: Observation, look: Look) -> Feature:
    """One thing in the look of its class."""
    lines = (f"{name} : {value}" for name, value in list(one.properties.items())[:12])
    return _feature(
        one.geometry, one.title or one.id, "\n".join(lines),
        colour=look.colour, width=look.line, fill=look.fill, radius=look.size,
    )  # fmt: skip


def _grown(box: Box) -> Box:
    """Twice as far on each side, so that the ground does not end where the map does."""
    west, south, east, north = box
    w, h = 2 * (east - west), 2 * (north - south)
    return west - w, max(-90.0, south - h), east + w, min(90.0, north + h)


def _cut(geometry: Any, frame: shapely.Polygon) -> Any:
    if not geometry:
        return None
    whole = shape(geometry)
    if not whole.intersects(frame):
        return None
    inside = shapely.make_valid(whole).intersection(frame) if not frame.contains(whole) else whole
    simpler = inside.simplify(0.0004) if inside.length > 0.5 else inside
    return None if simpler.is_empty else mapping(shapely.set_precision(simpler, 1e-5))


def _feature(geometry: Any, name: str, text: str, **look: Any) -> Feature:
    words = disarmed(text[:_LONGEST]).replace("\n", "<br>")
    properties = {"name": disarmed(name[:300]), "text": words, **look}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def disarmed(words: str) -> str:
    """Words that are markup to nobody: neither to a browser, nor to the templates of folium.

    folium reads what it is given through its template engine once more: braces must not reach it.
    """
    return escape(words).replace("{", "&#123;").replace("}", "&#125;")
