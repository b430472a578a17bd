"""Tables of Eudonet, the register of the orders of Paris: rows of numbered fields, and their labels."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Record, flat, times

_STARTS = ("date de début", "date début", "début", "date de signature", "date")
_ENDS = ("date de fin", "date fin", "fin")
_STREET = ("Libellé de voie", "Libellé voie", "Voie")
_NUMBERS = ("N° adresse Début", "N° adresse Fin")
Told = dict[str, Any]


def rows(document: Any) -> list[Told] | None:
    """The rows of an answer; None when it is no answer of Eudonet."""
    if not isinstance(document, dict) or "ResultInfos" not in document:
        return None
    data = document.get("ResultData")
    listed = data.get("Rows") if isinstance(data, dict) else None
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []


def failure(document: Told) -> str:
    """What the service says went wrong; empty when nothing did."""
    infos = document.get("ResultInfos")
    if not isinstance(infos, dict) or infos.get("Success") is not False:
        return ""
    return str(infos.get("ErrorMessage") or infos.get("ApiMessage") or "?")[:200]


def records(document: Told, found: list[Told]) -> Iterator[Record]:
    """One record per row, its fields by their labels."""
    labels = _labels(document)
    for row in found:
        fields = {labels.get(number, str(number)): value for number, value in _values(row)}
        yield Record(
            id=f"{row.get('Tab', '')}/{row.get('FileId', '')}".strip("/"),
            properties=flat({"table": labels.get(_number(row.get("Tab"))), **fields}),
            title=_title(fields),
            time=_moment(fields, _STARTS),
            until=_moment(fields, _ENDS),
        )


def _labels(document: Told) -> dict[int, str]:
    """The labels of the tables and of their fields, by number."""
    described = document.get("ResultMetaData")
    tables = described.get("Tables") if isinstance(described, dict) else None
    found: dict[int, str] = {}
    for table in tables if isinstance(tables, list) else ():
        if not isinstance(table, dict):
            continue
        for thing in (table, *(f for f in table.get("Fields") or () if isinstance(f, dict))):
            found[_number(thing.get("DescId"))] = str(thing.get("Label") or "")
    return {number: label for number, label in found.items() if label}


def _values(row: Told) -> Iterator[tuple[int, str]]:
    for field in row.get("Fields") or ():
        if isinstance(field, dict) and field.get("Value") not in (None, ""):
            yield _number(field.get("DescId")), str(field["Value"])


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _title(fields: dict[str, str]) -> str:
    """The street and its numbers when the table is of places; else the first words of the row."""
    street = next((fields[name] for name in _STREET if fields.get(name)), "")
    numbers = "-".join(fields[name] for name in _NUMBERS if fields.get(name))
    return f"{numbers} {street}".strip() if street else next(iter(fields.values()), "")[:200]


def _moment(fields: dict[str, str], names: tuple[str, ...]) -> int | None:
    known = (times.instant(value) for label, value in fields.items() if label.lower() in names)
    return next((moment for moment in known if moment is not None), None)
