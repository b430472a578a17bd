"""The SQL of a plan: which table drives, which conditions are checked row by row."""

from typing import Any

from beffroi.logbook.search.plan import Plan


def source(made: Plan, *, narrow: bool = False) -> str:
    """The FROM and WHERE of a plan; `narrow` reads the index of points instead of whole entries."""
    conditions = list(made.conditions)
    index = " INDEXED BY ix_entry_points" if narrow else ""
    if not made.match:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"FROM entry e{index}{where}"
    conditions.insert(0, "entry_fts MATCH ?")
    where = f" WHERE {' AND '.join(conditions)}"
    if narrow and not made.conditions:
        return f"FROM entry_fts{where}"
    return f"FROM entry_fts CROSS JOIN entry e{index} ON e.rid = entry_fts.rowid{where}"


def parameters(made: Plan) -> tuple[Any, ...]:
    """The values of `source`."""
    return (made.match, *made.values) if made.match else tuple(made.values)


def rid(made: Plan) -> str:
    """The column that holds row ids."""
    return "entry_fts.rowid" if made.match else "e.rid"


def newest(made: Plan) -> str:
    """The order of arrival, newest first, that the driving table gives without sorting."""
    return f"{rid(made)} DESC"
