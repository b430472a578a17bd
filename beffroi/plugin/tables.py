"""Tables as people make them: finds the row of headers, types the columns, places the rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from beffroi.plugin.book import Book
from beffroi.plugin.columns import Columns
from beffroi.plugin.flat import plain, printable
from beffroi.plugin.limits import MAX_FIELDS, MAX_RECORDS
from beffroi.plugin.placing import placed
from beffroi.plugin.record import Scalar
from beffroi.plugin.whereabouts import Whereabouts, found_in
from beffroi.text import _

Row = Sequence[Any]
_LOOKED_AT = 40
"""How far down the headers may begin."""
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_CODE = re.compile(r"[-+]?0\d")
"""A number that begins with a zero is a code: 06000 is Nice."""
_LONGEST_NUMBER = 15


@dataclass(frozen=True, kw_only=True)
class Table:
    """Named columns of one length; `first` is the line of the first row in the file."""

    names: tuple[str, ...]
    columns: tuple[list[Scalar], ...]
    lines: tuple[int, ...]

    @property
    def fields(self) -> dict[str, list[Scalar]]:
        """The columns by their names."""
        return dict(zip(self.names, self.columns, strict=True))


def table_of(rows: Sequence[Row], book: Book, *, header: int | None = None) -> Table:
    """The table that rows of cells make; blank rows are left out.

    `header` is the line of the headers (1 is the first), found when it is not told.
    """
    at = _header_row(rows) if header is None else max(0, min(header - 1, len(rows) - 1))
    names = _names(rows[at]) if rows else ()
    told = [(n, row) for n, row in enumerate(rows[at + 1 :], at + 2) if any(map(_filled, row))]
    if len(told) > MAX_RECORDS:
        why = _("au-delà de la limite de 500\u202f000 enregistrements")
        book.note(_("ligne {n}").format(n=told[MAX_RECORDS][0]), why, len(told) - MAX_RECORDS)
        told = told[:MAX_RECORDS]
    if any(any(map(_filled, row)) for row in rows[:at]):
        where = _("ligne {n}").format(n=at + 1)
        book.note(
            where,
            _("en-têtes trouvés ici\u00a0: les lignes au-dessus ne sont pas reprises"),
            lost=False,
        )
    _say_uneven(told, len(names), book)
    wide = len(names)
    cells = [(list(row) + [None] * (wide - len(row)))[:wide] for _n, row in told]
    columns = tuple(_typed(list(column)) for column in zip(*cells, strict=True)) if cells else ()
    return Table(
        names=names,
        columns=columns or tuple([] for _name in names),
        lines=tuple(number for number, _row in told),
    )


def placed_table(
    table: Table, options: Mapping[str, Any], where: str, book: Book
) -> tuple[Columns, str, Whereabouts]:
    """The rows as records where their columns say, the system they were in, and those columns.

    Options `lon`, `lat` (or `x`, `y`), `geometry` and `latlon` name the columns; `crs` the system.
    """
    found = found_in(table.fields, options)
    shapes = found.shapes(table.fields, table.lines, book)
    wkb, system = placed(shapes, str(options.get("crs") or found.crs), where, book)
    fields = {
        name: column
        for name, column in table.fields.items()
        if name not in found.hidden and any(value is not None for value in column)
    }
    return Columns(wkb=wkb, fields=fields), system, found


def _header_row(rows: Sequence[Row]) -> int:
    """The first row that is as wide as the table, made of words only, each different."""
    looked = rows[:_LOOKED_AT]
    wide = max((sum(map(_filled, row)) for row in looked), default=0)
    for number, row in enumerate(looked):
        filled = [cell for cell in row if _filled(cell)]
        words = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
        if len(filled) < max(1, 0.6 * wide) or len(words) < 0.8 * len(filled):
            continue
        if len(set(map(str, filled))) >= 0.6 * len(filled):
            return number
    return next((n for n, row in enumerate(looked) if any(map(_filled, row))), 0)


def _names(row: Row) -> tuple[str, ...]:
    cells = list(row)[:MAX_FIELDS]
    while cells and not _filled(cells[-1]):
        cells.pop()
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(printable(str(cell)).split())[:120] if _filled(cell) else ""
        name = name or _("colonne {n}").format(n=number)
        again = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def _say_uneven(told: Sequence[tuple[int, Row]], wide: int, book: Book) -> None:
    for number, row in told:
        if len(row) > wide and any(map(_filled, row[wide:])):
            where = _("ligne {n}").format(n=number)
            book.note(
                where, _("plus de cellules que d’en-têtes\u00a0: le surplus est ignoré"), lost=False
            )


def _filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _typed(cells: list[Any]) -> list[Scalar]:
    """A column as numbers when all its words are numbers (in French too), as words otherwise."""
    found = [_plain(cell) for cell in cells]
    words = [value for value in found if isinstance(value, str)]
    if not words or not all(map(_is_number, words)) or any(map(_CODE.match, words)):
        return found
    return [_number(value) if isinstance(value, str) else value for value in found]


def _plain(cell: Any) -> Scalar:
    match cell:
        case str():
            return printable(cell) or None
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case float() if cell.is_integer() and abs(cell) < 2**53:
            return int(cell)
        case _:
            return plain(cell)


def _is_number(words: str) -> bool:
    said = words.strip()
    return (
        len(said) <= _LONGEST_NUMBER + 10
        and bool(_NUMBER.fullmatch(said))
        and (sum(map(str.isdigit, said)) <= _LONGEST_NUMBER + 2 or "." in said or "," in said)
    )


def _number(words: str) -> int | float:
    said = re.sub(r"[ \u00a0\u202f]", "", words).replace(",", ".").replace("−", "-")
    return (
        int(said) if said.lstrip("+-").isdigit() and len(said) <= _LONGEST_NUMBER else float(said)
    )
