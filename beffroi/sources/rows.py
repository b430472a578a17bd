"""What a reading puts among the observations, with the roles that were chosen for its fields."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from beffroi.observations import bulk
from beffroi.observations.encoding import bodies
from beffroi.observations.rows import Body
from beffroi.plugin import Scalar
from beffroi.plugin.columns import Columns
from beffroi.plugin.times import instant
from beffroi.sources.definition import Roles
from beffroi.sources.mapping import MAX_TITLE, mapped
from beffroi.sources.understood import Understood


def rows_of(found: Understood, roles: Roles, zone: str) -> Iterable[Body]:
    """Rows for `Observations.put_rows`; a large file stays in columns, no object per record.

    `zone` is that of hours that name none.
    """
    if found.columns is None or (roles.lon and roles.lat):
        return bodies(mapped(found.records, roles, zone))
    return column_rows(found.columns, roles, zone)


def column_rows(columns: Columns, roles: Roles, zone: str) -> Iterator[Body]:
    """What `mapped` would make of the columns."""
    return bulk.rows(
        np.array(columns.wkb, dtype=object),
        columns.fields,
        ids=_names(columns, roles.id) or columns.ids or None,
        titles=_words(columns, roles.title) or columns.titles or None,
        times=_moments(columns, roles.time, zone) or columns.times or None,
        untils=_moments(columns, roles.until, zone) or columns.untils or None,
    )


def _names(columns: Columns, field: str) -> list[str]:
    """Identities; a record whose field is empty is called by its place in the file."""
    return [said or str(at) for at, said in enumerate(_words(columns, field), 1)]


def _words(columns: Columns, field: str) -> list[str]:
    return [_said(value)[:MAX_TITLE] for value in columns.fields.get(field, ())]


def _said(value: Scalar) -> str:
    return "" if value is None else str(value).strip()


def _moments(columns: Columns, field: str, zone: str) -> Sequence[int | None]:
    return [instant(value, zone) for value in columns.fields.get(field, ())]
