"""The links by which documents of an OGC API lead to one another."""

from typing import Any

Told = dict[str, Any]
_GEOJSON = ("application/geo+json", "application/vnd.geo+json", "application/json")
_MOST = 200


def links(told: Any) -> list[Told]:
    """The links of a document or of a part of it, those that have an address."""
    listed = told.get("links") if isinstance(told, dict) else None
    found = listed[:_MOST] if isinstance(listed, list) else []
    return [one for one in found if isinstance(one, dict) and isinstance(one.get("href"), str)]


def relations(told: Any) -> set[str]:
    """What the links are for, by the short names of their relations."""
    return {_short(one) for one in links(told)}


def address(told: Any, relation: str) -> str:
    """Where a relation leads, to GeoJSON rather than to a page for people; empty when nowhere."""
    found = [one for one in links(told) if _short(one) == relation]
    found.sort(key=_unlikeness)
    return str(found[0]["href"]) if found else ""


def _short(one: Told) -> str:
    """`items`, `data`…: registered relations are also written as addresses that end with them."""
    return str(one.get("rel") or "").rpartition("/")[2]


def _unlikeness(one: Told) -> int:
    kind = str(one.get("type") or "").partition(";")[0].strip()
    return _GEOJSON.index(kind) if kind in _GEOJSON else len(_GEOJSON) + ("html" in kind)
