"""Where the records of a JSON document are: lists of objects, or objects by their names."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from beffroi.plugin import Unreadable
from beffroi.plugin.words import _

_DEEPEST = 5
_MOST_LISTS = 50
_NAMES = {
    "data", "donnees", "elements", "entries", "events", "features", "items", "list", "objects",
    "records", "resources", "result", "results", "rows", "value", "values",
}  # fmt: skip
_ABOUT = {"aggregations", "columns", "facets", "fields", "links", "schema"}
"""Lists that tell of the records, or of the document; records only when there are no others."""
_ANSWERS = ("data", "elements", "events", "features", "records", "results", "rows")
_MOST_AROUND = 12
_FAR_MORE = 2
_BY_NAME = 3
"""From how many objects alike on, an object is a list of records by their names."""


class Found(NamedTuple):
    """Records and their path (`data.items`; empty for the document itself); names, when they had some."""

    path: str
    records: list[Mapping[str, Any]]
    names: list[str]


def candidates(document: Any) -> list[Found]:
    """The places where records may be, the best first: the most of them, nearest to the top.

    A list of one comes before the document itself when its name says that it holds records, or when
    the document says little else (`{"roadworks": [{…}]}`).
    """
    found = list(_lists(document, "", _DEEPEST))[:_MOST_LISTS]
    around = _told(document)
    return sorted(
        found,
        key=lambda one: (
            tells_about(one.path),
            -len(one.records),
            not (_is_called_so(one.path) or _says_more(one, around)),
            one.path.count("."),
        ),
    )


def _is_called_so(path: str) -> bool:
    return _leaf(path) in _NAMES


def tells_about(path: str) -> bool:
    """Whether a list tells of the records, by its name, and holds none itself."""
    return _leaf(path) in _ABOUT


def _leaf(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _says_more(found: Found, around: int) -> bool:
    """Whether the first record of a list tells far more than what is written around it."""
    return bool(found.path) and _told(found.records[0]) > _FAR_MORE * around


def _told(value: Any, depth: int = _DEEPEST) -> int:
    """How many plain values an object tells, those of its lists left out."""
    if not isinstance(value, Mapping) or depth <= 0:
        return 0
    return sum(
        _told(inner, depth - 1) if isinstance(inner, Mapping) else not isinstance(inner, list)
        for inner in value.values()
    )


def is_empty(document: Any) -> bool:
    """Whether a document is the answer of a service that has nothing to tell (`{"data": [], …}`)."""
    if not isinstance(document, Mapping) or _told(document) > _MOST_AROUND:
        return False
    around = [document, *(inner for inner in document.values() if isinstance(inner, Mapping))]
    return any(inner.get(name) == [] for inner in around for name in _ANSWERS)


def at(document: Any, path: str) -> Found:
    """The records at a path.

    Raises:
        Unreadable: there are none.
    """
    here = document
    for step in [step for step in path.replace("[*]", "").replace("[]", "").split(".") if step]:
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            here = None
    found = _records(here, path)
    if found is None:
        raise Unreadable(
            _(
                "Le chemin «\u202f{path}\u202f» ne mène à aucun enregistrement\u00a0: choisissez-en un autre."
            ).format(path=path[:80])
        )
    return found


def _lists(value: Any, path: str, depth: int) -> Iterator[Found]:
    if depth <= 0:
        return
    found = _records(value, path, alone=not path)
    if found is not None:
        yield found
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, Mapping | list):
                yield from _lists(inner, f"{path}.{name}" if path else str(name), depth - 1)


def _records(value: Any, path: str, *, alone: bool = True) -> Found | None:
    if isinstance(value, list):
        records = [item for item in value if isinstance(item, Mapping)]
        return Found(path, records, []) if records and 2 * len(records) >= len(value) else None
    if isinstance(value, Mapping):
        if _by_name(value):
            return Found(path, list(value.values()), [str(name) for name in value])
        return Found(path, [value], []) if alone and value else None
    return None


def _by_name(value: Mapping[str, Any]) -> bool:
    """Whether an object is a list of objects alike, each under its name."""
    if len(value) < _BY_NAME or not all(
        isinstance(inner, Mapping) and inner for inner in value.values()
    ):
        return False
    shared = set.intersection(*(set(inner) for inner in value.values()))
    widest = max(len(inner) for inner in value.values())
    return len(shared) >= max(2, widest // 2)
