"""XLSX workbooks."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.exchange.columns import Column, Kind, Value
from beffroi.exchange.raw import Raw, TooBig
from beffroi.exchange.values import defused, moment_text, refused
from beffroi.exchange.watermark import Watermark
from beffroi.text import _

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\']")
_MAX_UNPACKED = 400_000_000
_MAX_WORDS = 120_000_000
_SHEET_ROWS = 1_048_576
_FIRST_ROW = 2
_MAX_COLUMNS = 200
_WIDTHS = {"text": 80, "label": 18, "place": 28, "uid": 14, "event_time": 19, "tags": 22}


def write(
    path: Path,
    mark: Watermark,
    table: Iterator[list[tuple[Column, Value]]],
    title: str = "",
) -> None:
    """A sheet of entries (or of `title`), with true dates and its marking; one about the export."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET_NAME.sub(" ", title)[:31].strip() or _("Main courante"))
    sheet.freeze_panes = "A2"
    banner = _NOT_XML.sub("", mark.sentence()).replace("&", "&&")
    sheet.oddHeader.center.text = banner
    sheet.oddFooter.center.text = f"{banner} – &P / &N"
    sheet.page_setup.orientation = "landscape"
    try:
        _fill(sheet, mark, table)
    except BaseException:
        sheet.close()  # half written, it would complain when it is forgotten
        raise
    about = book.create_sheet(_("Export"))
    for pair in mark.pairs():
        about.append([_text(about, part) for part in pair])
    book.properties.title = _NOT_XML.sub("", mark.title)
    book.properties.creator = _NOT_XML.sub("", mark.exported_by)
    book.properties.description = _NOT_XML.sub("", mark.sentence())
    book.save(path)


def _fill(sheet: Any, mark: Watermark, table: Iterator[list[tuple[Column, Value]]]) -> None:
    zone, sentence = ZoneInfo(mark.zone), _NOT_XML.sub("", mark.sentence())
    for number, row in enumerate(table, _FIRST_ROW):
        if number > _SHEET_ROWS:
            raise _sheet_full()
        if number == _FIRST_ROW:
            _header(sheet, row, mark.zone)
        sheet.append([*(_cell(sheet, c, v, zone) for c, v in row), sentence])


def _sheet_full() -> BeffroiError:
    return BeffroiError(
        _(
            "Une feuille tient 1 048 575 entrées au plus : exportez en .csv, ou une période à la fois."
        )
    )


def _header(sheet: Any, row: list[tuple[Column, Value]], zone: str) -> None:
    cells = []
    for place, (column, _value) in enumerate(row, 1):
        name = _(column.label)
        cells.append(f"{name} ({zone})" if column.kind is Kind.TIME else name)
        letter = openpyxl.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.key, 15)
    bold = [WriteOnlyCell(sheet, value=cell) for cell in (*cells, _("Export"))]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)


def _cell(sheet: Any, column: Column, value: Value, zone: ZoneInfo) -> Any:
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.TIME:
            if to_datetime(int(value), zone).fold:
                # The second 02:30 of an autumn night: only its offset tells it from the first.
                return _text(sheet, moment_text(int(value), zone))
            cell = WriteOnlyCell(sheet, value=_naive(int(value), zone))
            cell.number_format = "dd/mm/yyyy hh:mm:ss"
            return cell
        case Kind.DEGREES | Kind.NUMBER:
            return value
        case Kind.FLAG:
            return _("oui") if value else _("non")
        case Kind.WORD:
            return _((column.words or {})[str(value)])
        case Kind.TEXT | Kind.WORDS:
            return _text(sheet, str(value))


def _text(sheet: Any, text: str) -> Any:
    """Text, whatever it begins with, without the characters that XML forbids."""
    cell = WriteOnlyCell(sheet, value=defused(_NOT_XML.sub("", text)))
    cell.data_type = "s"
    return cell


def _naive(moment: int, zone: ZoneInfo) -> datetime:
    """As the clock on the wall shows it: spreadsheets know no time zone."""
    return to_datetime(moment, zone).replace(tzinfo=None)


def read(path: Path, limit: int) -> Raw:
    """The first sheet; formulas give their last value."""
    with zipfile.ZipFile(path) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    # The sheet is read as it comes; the words its cells share are all held at once.
    words = max(
        (size for name, size in sizes.items() if "sharedstrings" in name.lower()), default=0
    )
    if sum(sizes.values()) > _MAX_UNPACKED or words > _MAX_WORDS:
        raise TooBig(limit)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        # A file may claim sixteen thousand columns: openpyxl would fill every row up to there.
        sheet.reset_dimensions()
        lines = sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS)
        headers = [str(name or "").strip() for name in next(lines, ())]
        rows: list[tuple[int, list[Any]]] = []
        for number, line in enumerate(lines, 1):
            # A row may claim to be the billionth: openpyxl gives all the empty ones before it.
            if len(rows) >= limit or number > 2 * limit:
                raise TooBig(limit)
            if any(cell not in (None, "") for cell in line):
                rows.append((number, [_plain(cell) for cell in line]))
    finally:
        book.close()
    return Raw(headers=headers, rows=rows)


def _plain(cell: Any) -> Any:
    return refused(cell) if isinstance(cell, str) else cell
