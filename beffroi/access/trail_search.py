"""Finds traces: the filters of the security officer, as SQL for a station's store or the hub's base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from beffroi.access.trace import AUDIT, JOURNAL, Place, Trace

MOST = 1000
"""Traces in one page at most."""
_FIELDS = (
    "at", "chain", "seq", "account", "post", "station", "device", "action", "object", "detail",
    "source", "source_seq", "flaw", "hash",
)  # fmt: skip
_SEARCHED = ("account", "post", "station", "action", "object", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which traces; what is empty does not filter.

    `account` is exact, `actions` are codes or patterns with `*`, `objects` are uids (any of them),
    `post`, `station` (its name or its device) and `text` are found anywhere.  `since` included and
    `until` excluded are UTC ms; `chain` keeps accesses (`audit`) or changes (`journal`) alone.
    """

    account: str = ""
    actions: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    post: str = ""
    station: str = ""
    since: int | None = None
    until: int | None = None
    text: str = ""
    chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A table that holds traces: the SQL of each field of `Trace` there, and its rows that count."""

    chain: str
    table: str
    columns: Mapping[str, str]
    where: str = ""

    def sql(self, name: str) -> str:
        """The expression of a field."""
        return self.columns.get(
            name, {"chain": f"'{self.chain}'", "source_seq": "0"}.get(name, "''")
        )


@dataclass(slots=True)
class _Where:
    """Conditions with their values, in order."""

    conditions: list[str] = field(default_factory=list[str])
    values: list[str | int] = field(default_factory=list[str | int])

    def add(self, condition: str, *values: str | int) -> None:
        self.conditions.append(condition)
        self.values += values

    def any_of(self, conditions: Sequence[str], *values: str | int) -> None:
        self.add(f"({' OR '.join(conditions)})", *values)


def query(
    wanted: TrailFilter,
    arms: Sequence[Arm],
    *,
    after: Place | None = None,
    limit: int = MOST,
    oldest_first: bool = False,
    like: str = "LIKE",
) -> tuple[str, list[str | int]]:
    """SQL with `?` marks and its values, for at most `limit` traces beyond `after`.

    Newest first unless `oldest_first`; `like` is the engine's operator that ignores case.
    """
    way = "ASC" if oldest_first else "DESC"
    parts: list[str] = []
    values: list[str | int] = []
    for arm in arms:
        if wanted.chain not in ("", arm.chain):
            continue
        where = _filtered(wanted, arm, like)
        if after is not None:
            _beyond(where, arm, after, ">" if oldest_first else "<")
        chosen = ", ".join(f"{arm.sql(name)} AS {name}_" for name in _FIELDS)
        parts.append(
            f"SELECT * FROM (SELECT {chosen} FROM {arm.table} "
            f"WHERE {' AND '.join(where.conditions) or '1 = 1'} "
            f"ORDER BY {arm.sql('at')} {way}, {arm.sql('seq')} {way} LIMIT ?) AS {arm.chain}_"
        )
        values += [*where.values, limit]
    order = f"ORDER BY at_ {way}, chain_ {way}, seq_ {way} LIMIT ?"
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS found {order}", [*values, limit]


def trace_of(row: Sequence[str | int | bytes]) -> Trace:
    """The trace in a row of `query`."""
    told = dict(zip(_FIELDS, row, strict=True))
    digest = told["hash"]
    told["hash"] = digest.hex() if isinstance(digest, bytes) else digest
    return Trace(**told)  # type: ignore[arg-type]  # the query names each field


def _filtered(wanted: TrailFilter, arm: Arm, like: str) -> _Where:
    where = _Where([arm.where] if arm.where else [])
    if wanted.account:
        where.add(f"{arm.sql('account')} = ?", wanted.account)
    if wanted.actions:
        _acts(where, arm.sql("action"), wanted.actions)
    if wanted.objects:
        marks = ",".join("?" * len(wanted.objects))
        where.add(f"{arm.sql('object')} IN ({marks})", *wanted.objects)
    if wanted.since is not None:
        where.add(f"{arm.sql('at')} >= ?", wanted.since)
    if wanted.until is not None:
        where.add(f"{arm.sql('at')} < ?", wanted.until)
    if wanted.post:
        _anywhere(where, (arm.sql("post"),), wanted.post, like)
    if wanted.station:
        _anywhere(where, (arm.sql("station"), arm.sql("device")), wanted.station, like)
    for word in wanted.text.split():
        _anywhere(where, tuple(arm.sql(name) for name in _SEARCHED), word, like)
    return where


def _acts(where: _Where, column: str, actions: Sequence[str]) -> None:
    exact = [code for code in actions if "*" not in code]
    patterns = [escaped(code).replace("*", "%") for code in actions if "*" in code]
    conditions = [f"{column} LIKE ? ESCAPE '\\'" for _pattern in patterns]
    if exact:
        conditions.insert(0, f"{column} IN ({','.join('?' * len(exact))})")
    where.any_of(conditions, *exact, *patterns)


def _anywhere(where: _Where, columns: Sequence[str], text: str, like: str) -> None:
    pattern = f"%{escaped(text)}%"
    where.any_of(
        [f"{column} {like} ? ESCAPE '\\'" for column in columns], *[pattern] * len(columns)
    )


def escaped(text: str) -> str:
    """`text` inside a pattern of LIKE, its own signs meaning themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _beyond(where: _Where, arm: Arm, after: Place, sign: str) -> None:
    """Only what comes after that place: chains follow each other within one millisecond."""
    at, chain, seq = after
    moment, number = arm.sql("at"), arm.sql("seq")
    if arm.chain == chain:
        where.add(f"({moment} {sign} ? OR ({moment} = ? AND {number} {sign} ?))", at, at, seq)
    elif (arm.chain > chain) == (sign == ">"):
        where.add(f"{moment} {sign}= ?", at)
    else:
        where.add(f"{moment} {sign} ?", at)


__all__ = ["AUDIT", "JOURNAL", "MOST", "Arm", "TrailFilter", "escaped", "query", "trace_of"]
