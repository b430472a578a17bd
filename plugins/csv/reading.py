"""Reads delimited text: one record per row, placed by the columns that say where."""

import csv

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.encodings import decoded
from beffroi.plugin.tables import placed_table, table_of
from beffroi.plugin.words import _
from plugins.csv.dialects import cells, dialect_of

_TABULAR = {".csv", ".tsv", ".tab", ".txt"}


def recognise(sample: Sample) -> float:
    """How sure it is: text whose lines are cut alike; its name alone is enough for one column."""
    dialect = dialect_of(sample.text)
    if dialect.columns < 2:
        return 0.3 if sample.suffix in {".csv", ".tsv"} else 0.0
    if len(sample.lines) < 2 and sample.suffix not in {".csv", ".tsv"}:
        return 0.0
    sure = 0.6 * dialect.agreement
    return sure if sample.suffix in _TABULAR or dialect.agreement > 0.8 else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Options: `delimiter`, `encoding`, `header` (line), `lon`, `lat`, `geometry`, `latlon`, `crs`."""
    if sample.kind not in {"text", "json", "jsonl", "xml", "html"}:
        raise Unreadable(
            _("Ce contenu n’est pas un tableau en texte\u00a0: choisissez un autre format.")
        )
    text, encoding = sample.text, sample.encoding
    if said := str(options.get("encoding") or ""):
        text, encoding = decoded(sample.content, said)
    delimiter = str(options.get("delimiter") or "")[:1] or dialect_of(text).delimiter
    try:
        rows = list(cells(text, delimiter))
    except csv.Error as error:
        raise Unreadable(
            _("Ce tableau est mal formé (guillemets)\u00a0: exportez-le de nouveau en CSV.")
        ) from error
    book = Book()
    header = options.get("header")
    table = table_of(rows, book, header=int(header) if header else None)
    columns, crs, where = placed_table(table, options, _("tableau"), book)
    return Reading(
        format="csv", records=columns, problems=book, crs=crs, encoding=encoding, hints=where.hints
    )
