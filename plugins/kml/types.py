"""The types that a KML schema gives to its simple fields, so that numbers are numbers."""

from beffroi.plugin import Scalar
from beffroi.plugin.flat import plain
from beffroi.plugin.xml import Element, every

_NUMBERS = {"int", "uint", "short", "ushort", "float", "double"}


class Types:
    """The types of the simple fields of a document, by the names of the fields."""

    def __init__(self, root: Element) -> None:
        self._types = {
            str(field.get("name")): str(field.get("type") or "")
            for field in every(root, "SimpleField")
        }

    def value(self, data: Element) -> Scalar:
        """What a `SimpleData` element says: a number or a boolean where its schema says so."""
        words = (data.text or "").strip()
        kind = self._types.get(str(data.get("name")), "")
        if kind == "bool":
            return {"1": True, "true": True, "0": False, "false": False}.get(words.lower(), words)
        if kind not in _NUMBERS:
            return plain(words)
        try:
            return plain(float(words) if kind in {"float", "double"} else int(words))
        except ValueError:
            return plain(words)
