"""The Traffic Light Protocol marking of STIX objects: who may be told."""

from collections.abc import Iterable
from typing import Any

_TLP = {
    # TLP 1.0, fixed by STIX 2.1 §7.2.1.4
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    # TLP 2.0, fixed by the OASIS extension definition
    "94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
_STRICTNESS = ("TLP:CLEAR", "TLP:WHITE", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


class Markings:
    """The markings that a document defines, and those that everybody knows."""

    def __init__(self, objects: Iterable[dict[str, Any]]) -> None:
        """Look for the definitions among the objects."""
        self._defined = {str(one.get("id")): _said(one) for one in objects if _is_marking(one)}

    def tlp(self, told: dict[str, Any]) -> str:
        """The strictest TLP of an object; empty when it bears none."""
        found = {self._name(ref) for ref in _refs(told)} & set(_STRICTNESS)
        return max(found, key=_STRICTNESS.index, default="")

    def statement(self, told: dict[str, Any]) -> str:
        """Other conditions of use that an object bears, in their own words."""
        names = (self._name(ref) for ref in _refs(told))
        return " ; ".join(name for name in names if name and name not in _STRICTNESS)

    def _name(self, ref: str) -> str:
        return _TLP.get(ref.rpartition("--")[2]) or self._defined.get(ref, "")


def _is_marking(told: dict[str, Any]) -> bool:
    return told.get("type") == "marking-definition"


def _said(told: dict[str, Any]) -> str:
    definition = told.get("definition")
    definition = definition if isinstance(definition, dict) else {}
    if level := definition.get("tlp"):
        return f"TLP:{level}".upper()
    words = str(definition.get("statement") or told.get("name") or "")
    return words.upper() if words.upper() in _STRICTNESS else words[:500]


def _refs(told: dict[str, Any]) -> list[str]:
    refs = told.get("object_marking_refs")
    return [ref for ref in refs if isinstance(ref, str)] if isinstance(refs, list) else []
