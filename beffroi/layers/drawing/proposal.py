"""Which symbol to propose for an entry: the one of its most precise tag in the calque's set."""

import tomllib
from collections.abc import Sequence
from functools import cache

from beffroi import resources
from beffroi.layers.drawing import symbols
from beffroi.layers.drawing.symbols import SetName
from beffroi.taxonomy import Taxonomy

_FALLBACK: dict[SetName, str] = {
    "civil": "civil:information",
    "sitac": "sitac:information",
    "app6": "",
}


@cache
def _by_tag() -> dict[str, dict[str, str]]:
    path = resources.root() / "symbols" / "tags.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def symbol_for(tags: Sequence[str], taxonomy: Taxonomy, name: SetName) -> str:
    """The key of a symbol for these tag codes; a general one when none of them has its own."""
    for tag in tags:
        for code in (tag, tag.partition(".")[0]):
            if key := _of(code, taxonomy, name):
                return key
    return _FALLBACK[name] or symbols.catalogue("app6")[0].key


def _of(code: str, taxonomy: Taxonomy, name: SetName) -> str:
    if name == "civil":
        known = taxonomy.get(code)
        key = f"civil:{known.icon.removeprefix('theme/')}" if known else ""
        return key if symbols.find(key) else ""
    wanted = _by_tag()[name].get(code, "")
    return next((s.key for s in symbols.catalogue(name) if s.id == wanted), "")
