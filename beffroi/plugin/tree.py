"""Documents as trees of plain names: one reader serves XML and JSON, and no prefix matters.

An element becomes what JSON would make of it: its children by their local names (a list where
there are several), its attributes as `@name`, its own words as `#` when it has more than words.
So `text(tree, "info", "headline")` reads CAP in XML, with or without its namespace, and CAP in
JSON alike.
"""

import math
from collections.abc import Iterator
from typing import Any

WORDS = "#"
LANGUAGE = "@lang"
_LANGUAGES = (LANGUAGE, "lang", "language", "Lang")
_VALUES = (WORDS, "value", "text", "Value")


def local(name: object) -> str:
    """The name of an element or attribute without namespace or prefix; empty for a comment."""
    if not isinstance(name, str):
        return ""
    return name.rpartition("}")[2].rpartition(":")[2]


def grown(element: Any) -> object:
    """The tree of an lxml element: words, or a dictionary."""
    branches: dict[str, object] = {}
    for name, value in element.attrib.items():
        if local(name) == "nil" and value in ("true", "1"):
            return None
        branches[f"@{local(name)}"] = value
    for child in element:
        if name := local(child.tag):
            _graft(branches, name, grown(child))
    words = (element.text or "").strip()
    if not branches:
        return words
    if words:
        branches[WORDS] = words
    return branches


def _graft(branches: dict[str, object], name: str, value: object) -> None:
    if name not in branches:
        branches[name] = value
        return
    there = branches[name]
    if isinstance(there, list):
        there.append(value)
    else:
        branches[name] = [there, value]


def every(node: object, *path: str) -> Iterator[object]:
    """All that lies at `path` under `node`, whether one or many at each step; never a list."""
    if isinstance(node, list):
        for item in node:
            yield from every(item, *path)
    elif not path:
        if node is not None:
            yield node
    elif isinstance(node, dict) and path[0] in node:
        yield from every(node[path[0]], *path[1:])


def at(node: object, *path: str) -> object:
    """The first that lies at `path` under `node`, or None."""
    return next(every(node, *path), None)


def deep(node: object, *names: str) -> Iterator[object]:
    """All that bears one of `names` at any depth, in order; nothing inside what was found."""
    waiting: list[tuple[str, object]] = [("", node)]
    while waiting:
        name, value = waiting.pop()
        if name in names and not isinstance(value, list):
            if value is not None:
                yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(list(value.items())))
        elif isinstance(value, list):
            waiting.extend((name, item) for item in reversed(value))


def text(node: object, *path: str) -> str:
    """The first words at `path`, stripped; empty when there are none."""
    return next((words for found in every(node, *path) if (words := _words(found))), "")


def texts(node: object, *path: str) -> list[str]:
    """All the words at `path`, each once, in their order."""
    return list(dict.fromkeys(words for found in every(node, *path) if (words := _words(found))))


def number(node: object, *path: str) -> float | None:
    """The first number at `path`, also written with a decimal comma; None when there is none."""
    for found in every(node, *path):
        try:
            value = float(_words(found).replace(",", "."))
        except ValueError:
            continue
        if math.isfinite(value):
            return value
    return None


def translations(nodes: Iterator[object] | list[object]) -> dict[str, str]:
    """Words by language (`fr`, `en`…; empty when none is said), French first, else as they came."""
    found: dict[str, str] = {}
    for node in nodes:
        if words := _words(node):
            language = (
                next((str(node[k]) for k in _LANGUAGES if k in node), "")
                if isinstance(node, dict)
                else ""
            )
            found.setdefault(language.lower()[:2], words)
    return dict(sorted(found.items(), key=lambda item: not item[0].startswith("fr")))


def told(nodes: Iterator[object] | list[object]) -> str:
    """The words to show among translations: French when there are, else the first."""
    return next(iter(translations(nodes).values()), "")


def _words(node: object) -> str:
    if isinstance(node, str):
        return node.strip()
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, int | float):
        return str(node)
    if isinstance(node, dict):
        return next((words for key in _VALUES if (words := _words(node.get(key)))), "")
    if isinstance(node, list):
        return next((words for item in node if (words := _words(item))), "")
    return ""
