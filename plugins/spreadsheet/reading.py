"""Reads the sheets of a spreadsheet: one record per row under the headers."""

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.columns import Columns
from beffroi.plugin.record import Part
from beffroi.plugin.tables import placed_table, table_of
from beffroi.plugin.vectors import together
from beffroi.plugin.words import _

_MOST_ROWS = 1_000_000


def recognise(sample: Sample) -> float:
    """How sure it is: an archive laid out as a workbook."""
    return 0.95 if _word(sample) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """All sheets, or that of option `sheet`; options of place are those of tables, `header` too."""
    book = Book()
    workbook = _opened(sample)
    sheets = {name: _rows(workbook, name) for name in workbook.sheet_names}
    chosen = _chosen(sheets, str(options.get("sheet") or ""))
    header = options.get("header")
    parts: list[tuple[str, Columns]] = []
    systems: list[str] = []
    hints: dict[str, str] = {}
    for name, rows in chosen.items():
        met = Book()
        table = table_of(rows, met, header=int(header) if header else None)
        where = _("feuille «\u202f{name}\u202f»").format(name=name)
        columns, system, places = placed_table(table, options, where, met)
        for one in met:
            place = one.where if one.where == where else f"{where}, {one.where}"
            book.note(place, one.why, one.count, lost=one.lost)
        if len(columns):
            parts.append((name, columns))
            systems.append(system)
            hints = hints or places.hints
    return Reading(
        format=_word(sample) or "xlsx",
        records=together(parts, "sheet") if parts else [],
        problems=book,
        crs=", ".join(dict.fromkeys(systems)) or "EPSG:4326",
        title=next(iter(chosen)) if len(chosen) == 1 else "",
        parts=[Part(option="sheet", value=name, count=len(rows)) for name, rows in sheets.items()]
        if len(sheets) > 1
        else [],
        hints=hints,
    )


def _word(sample: Sample) -> str:
    """The format word of a workbook; nothing when it is none."""
    if sample.kind == "ole":
        return "xls"
    if sample.kind != "zip":
        return ""
    names = sample.archive.names
    if any(name.startswith("xl/workbook.") for name in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names and sample.archive.size("mimetype") < 100:
        return "ods" if b"opendocument.spreadsheet" in sample.archive.read("mimetype") else ""
    return ""


def _opened(sample: Sample) -> CalamineWorkbook:
    try:
        if sample.kind == "zip" and not _word(sample):
            raise CalamineError
        return CalamineWorkbook.from_filelike(io.BytesIO(sample.content))
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(
            _("Ce classeur est abîmé, protégé ou d’un autre format\u00a0: enregistrez-le en .xlsx.")
        ) from error


def _rows(workbook: CalamineWorkbook, name: str) -> list[list[Any]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS)
        return rows
    except (CalamineError, OSError, ValueError):
        return []  # a sheet of charts has no cells


def _chosen(sheets: dict[str, list[list[Any]]], name: str) -> dict[str, list[list[Any]]]:
    if not name:
        return sheets
    if name not in sheets:
        raise Unreadable(
            _(
                "Ce classeur n’a pas de feuille «\u202f{name}\u202f»\u00a0: choisissez parmi {names}."
            ).format(name=name[:60], names=", ".join(list(sheets)[:10]))
        )
    return {name: sheets[name]}
