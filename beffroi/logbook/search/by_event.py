"""Lists in the order of event time: the index of words only knows the order of arrival.

Without words the index of event times gives the order.  With words, the first rows are looked
for in the last day, then in ever longer periods before, until there are enough.
"""

from dataclasses import replace

import numpy as np

from beffroi.logbook import facets, numbers
from beffroi.logbook.numbers import Numbers
from beffroi.logbook.search.plan import Context, Plan, any_of
from beffroi.logbook.search.sql import parameters, source
from beffroi.store import Connection

DAY_MS = 86_400_000
_GROWTH = 4


def timed(connection: Connection, made: Plan, context: Context, limit: int | None) -> Numbers:
    """A table of row ids and event times, the latest first."""
    if not made.match or limit is None:
        return _sorted(connection, made, limit)
    found: list[Numbers] = []
    until, length, missing = context.last_event + 1, DAY_MS, limit
    while until > context.first_event and missing > 0:
        since = max(context.first_event, until - length)
        found.append(_sorted(connection, _within(made, since, until), missing))
        until, length, missing = since, length * _GROWTH, missing - len(found[-1])
    return np.concatenate(found) if found else np.zeros((0, 2), np.int64)


def _within(made: Plan, since: int, until: int) -> Plan:
    cover = facets.time_cover(since, until - 1)
    match = f"{made.match} AND (facets : {any_of(cover)})" if cover else made.match
    return replace(
        made,
        match=match,
        conditions=[*made.conditions, "e.event_time >= ?", "e.event_time < ?"],
        values=[*made.values, since, until],
    )


def _sorted(connection: Connection, made: Plan, limit: int | None) -> Numbers:
    joined = made if made.conditions else replace(made, conditions=["e.rid IS NOT NULL"])
    sql = (
        f"SELECT e.rid || ',' || e.event_time AS numbers "
        f"{source(joined, narrow=bool(made.match))} "
        "ORDER BY e.event_time DESC, e.rid DESC LIMIT ?"
    )
    values = (*parameters(made), -1 if limit is None else limit)
    return numbers.read(connection, 2, sql, values)
