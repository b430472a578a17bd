"""Walks the tree of layers of a WMS: what a layer does not say, it has from the one above."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from beffroi.plugin import Refused, xml
from beffroi.plugin.geometry import number
from plugins.ogc import addresses

_DEEPEST = 30


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer that can be asked for, or a heading; `box` is west, south, east, north in degrees."""

    name: str = ""
    title: str = ""
    group: str = ""
    abstract: str = ""
    systems: tuple[str, ...] = ()
    box: tuple[float, ...] = ()
    styles: tuple[str, ...] = ()
    legend: str = ""
    attribution: str = ""
    queryable: bool = False
    opaque: bool = False
    scales: tuple[float | None, float | None] = (None, None)
    dimensions: dict[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()


def layers(capability: xml.Element) -> Iterator[Layer]:
    """The layers that have a name, in the order of the document."""
    for top in xml.named(capability, "Layer"):
        yield from _walk(top, Layer(), _DEEPEST)


def _walk(element: xml.Element, above: Layer, depth: int) -> Iterator[Layer]:
    layer = _told(element, above)
    if layer.name:
        yield layer
    for part in xml.named(element, "Layer") if depth else ():
        yield from _walk(part, layer, depth - 1)


def _told(element: xml.Element, above: Layer) -> Layer:
    own = tuple(word for tag in ("CRS", "SRS") for word in _systems(element, tag))
    styles = xml.named(element, "Style")
    return replace(
        above,
        name=xml.text(element, "Name"),
        title=xml.text(element, "Title"),
        group=" / ".join(part for part in (above.group, above.title) if part),
        abstract=xml.text(element, "Abstract"),
        systems=tuple(dict.fromkeys((*above.systems, *own))),
        box=_box(element) or above.box,
        styles=tuple(
            dict.fromkeys((*above.styles, *(xml.text(style, "Name") for style in styles)))
        ),
        legend=_legend(styles) or above.legend,
        attribution=xml.text(element, "Attribution", "Title") or above.attribution,
        queryable=_yes(element.get("queryable"))
        or (above.queryable and "queryable" not in element.attrib),
        opaque=_yes(element.get("opaque")),
        scales=_scales(element, above.scales),
        dimensions={**above.dimensions, **_dimensions(element)},
        keywords=tuple(dict.fromkeys(xml.text(one) for one in _inside(element, "KeywordList"))),
    )


def _systems(element: xml.Element, tag: str) -> Iterator[str]:
    """One per element, or several in one with blanks between, as WMS 1.0 did."""
    for one in xml.named(element, tag):
        yield from xml.text(one).split()


def _box(element: xml.Element) -> tuple[float, ...]:
    old = xml.child(element, "LatLonBoundingBox")
    new = xml.child(element, "EX_GeographicBoundingBox")
    said: list[Any] = []
    if old is not None:
        said = [old.get(name) for name in ("minx", "miny", "maxx", "maxy")]
    elif new is not None:
        names = (
            "westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude",
        )  # fmt: skip
        said = [xml.text(new, name) for name in names]
    try:
        return tuple(number(one) for one in said)
    except Refused:
        return ()


def _legend(styles: list[xml.Element]) -> str:
    for style in styles:
        legend = xml.child(style, "LegendURL", "OnlineResource")
        if address := addresses.link(legend):
            return address
    return ""


def _scales(
    element: xml.Element, above: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    """The smallest and largest denominators at which a layer is drawn (WMS 1.3)."""
    found: list[float | None] = []
    for name, inherited in zip(("MinScaleDenominator", "MaxScaleDenominator"), above, strict=True):
        said = xml.text(element, name)
        try:
            found.append(number(said) if said else inherited)
        except Refused:
            found.append(inherited)
    return found[0], found[1]


def _dimensions(element: xml.Element) -> dict[str, str]:
    """What can be asked for beside a place, as `time`; values in 1.3 are in it, in 1.1 in Extent."""
    found: dict[str, str] = {}
    for tag in ("Dimension", "Extent"):
        for one in xml.named(element, tag):
            name = str(one.get("name") or "").lower()
            said = xml.text(one) or str(one.get("default") or "")
            if name and (said or name not in found):
                found[name] = said
    return found


def _inside(element: xml.Element, tag: str) -> list[xml.Element]:
    listed = xml.child(element, tag)
    return list(listed) if listed is not None else []


def _yes(value: str | None) -> bool:
    return value in {"1", "true"}
