"""Reads what a WFS answers: its capabilities, its features, the description of a layer, an error."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable, tree, xml
from beffroi.plugin.words import ngettext
from plugins.ogc import failures
from plugins.wfs import capabilities, features, schema

_NAMESPACE_SIGNS = ("opengis.net/wfs", "opengis.net/gml")
_ORDERS = {"latlon": True, "lonlat": False}


def recognise(sample: Sample) -> float:
    """How sure it is that this is an answer of a WFS, or GML."""
    name, namespace = tree.local(sample.root.local), sample.root.namespace
    if name in {"WFS_Capabilities", "ExceptionReport"}:
        return 0.95
    if name == "schema":
        return 0.9 if "AbstractFeatureType" in sample.text[:100_000] else 0.0
    if name not in features.COLLECTIONS:
        return 0.0
    known = any(sign in namespace for sign in _NAMESPACE_SIGNS)
    return (
        0.95 if known or any(sign in sample.head for sign in (*_NAMESPACE_SIGNS, "wfs:")) else 0.3
    )


def read(sample: Sample, options: Options) -> Reading:
    """Feature types, features or fields; option `axes` (`latlon`, `lonlat`) settles their order.

    Raises:
        Unreadable: the service answers by an error, or only counts.
    """
    root = sample.xml_recovered
    match tree.local(root.tag):
        case "WFS_Capabilities":
            return _offered(sample, root)
        case "schema":
            return _described(sample, root)
        case name if name in failures.ROOTS:
            raise failures.refusal(root)
        case _:
            return _features(sample, root, _ORDERS.get(str(options.get("axes", ""))))


def _offered(sample: Sample, root: xml.Element) -> Reading:
    book = Book()
    records = list(capabilities.records(root, book))
    return Reading(
        format="wfs",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=capabilities.title(root),
        hints={"id": "name", "title": "title", "calque": "source"},
    )


def _described(sample: Sample, root: xml.Element) -> Reading:
    return Reading(
        format="wfs",
        records=list(schema.records(root)),
        encoding=sample.encoding,
        hints={"id": "field", "title": "field"},
    )


def _features(sample: Sample, root: xml.Element, order: bool | None) -> Reading:
    book = Book()
    records = list(features.records(root, book, latitude_first=order))
    if not records and (count := features.matched(root)):
        raise Unreadable(
            ngettext(
                "Le service compte {n} objet sans le donner\u00a0: demandez les résultats (RESULTTYPE=results).",
                "Le service compte {n} objets sans les donner\u00a0: demandez les résultats (RESULTTYPE=results).",
                count,
            ).format(n=count)
        )
    hints = {"id": "id"}
    if following := root.get("next"):
        hints["next"] = str(following)
    if count := features.matched(root):
        hints["matched"] = str(count)
    return Reading(
        format="wfs",
        records=records,
        problems=book,
        crs=features.system_of(root),
        encoding=sample.encoding,
        hints=hints,
    )
