"""CSV, as spreadsheets of this country read and write it."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from beffroi.exchange.columns import Column, Kind, Value
from beffroi.exchange.raw import MAX_COLUMNS, Raw, TooBig, TooWide, decoded
from beffroi.exchange.values import defused, moment_text, refused
from beffroi.exchange.watermark import Watermark
from beffroi.text import _, language

_DELIMITERS = ";\t,|"
_FIELD_LIMIT = 1_000_000


def write(path: Path, mark: Watermark, table: Iterator[list[tuple[Column, Value]]]) -> None:
    """Semicolons and decimal commas in French, commas and points otherwise; UTF-8 with its mark."""
    french, zone = language() == "fr", ZoneInfo(mark.zone)
    sentence = mark.sentence()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";" if french else ",")
        header: list[str] = []
        for row in table:
            if not header:
                header = [_(column.label) for column, _value in row]
                out.writerow([*header, _("Export")])
            out.writerow([*(_cell(c, v, zone, french=french) for c, v in row), sentence])
        if not header:
            out.writerow([_("Export"), sentence])


def _cell(column: Column, value: Value, zone: ZoneInfo, *, french: bool) -> str:
    if value is None or value == "":
        return ""
    match column.kind:
        case Kind.TIME:
            return moment_text(int(value), zone)
        case Kind.DEGREES:
            return str(value).replace(".", ",") if french else str(value)
        case Kind.FLAG:
            return _("oui") if value else _("non")
        case Kind.WORD:
            return _((column.words or {})[str(value)])
        case Kind.NUMBER:
            return str(value)
        case Kind.TEXT | Kind.WORDS:
            return defused(str(value))


def read(path: Path, limit: int) -> Raw:
    """Any usual delimiter and encoding."""
    text, encoding = decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if first.count(delimiter) >= MAX_COLUMNS:
        raise TooWide
    csv.field_size_limit(_FIELD_LIMIT)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        headers = [name.strip() for name in next(lines, [])]
        rows: list[tuple[int, list[Any]]] = []
        for number, line in enumerate(lines, 1):
            if len(rows) >= limit:
                raise TooBig(limit)
            cells = line[: len(headers)]
            if any(cell.strip() for cell in cells):
                rows.append((number, [refused(cell) for cell in cells]))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return Raw(headers=headers, rows=rows, encoding=encoding)
