"""The tables of a GTFS archive, row by row, whatever their encoding and folder."""

import csv
import io
from collections.abc import Iterator

from beffroi.plugin import Sample, Unreadable
from beffroi.plugin.words import _

Row = dict[str, str]
_MAX_ROWS = 5_000_000


def has(sample: Sample, name: str) -> bool:
    """Whether the archive holds a table."""
    return sample.archive.find(name) is not None


def rows(sample: Sample, name: str, *needed: str) -> Iterator[Row]:
    """The rows of a table by their column names; nothing when the table is not there.

    Raises:
        Unreadable: a column that is needed is missing.
    """
    member = sample.archive.find(name)
    if member is None:
        return
    reader = csv.reader(io.StringIO(sample.member(member).text.lstrip("\ufeff").replace("\0", "")))
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        missing = [column for column in needed if column not in header]
        if missing:
            raise Unreadable(
                _("La table {table} n’a pas de colonne {column} : corrigez le GTFS.").format(
                    table=name, column=", ".join(missing)
                )
            )
        for n, values in enumerate(reader):
            if n >= _MAX_ROWS:
                return
            if values:
                yield {key: value.strip() for key, value in zip(header, values, strict=False)}
    except csv.Error as error:
        raise Unreadable(
            _("La table {table} n’est pas du CSV lisible : exportez le GTFS de nouveau.").format(
                table=name
            )
        ) from error
