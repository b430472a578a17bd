"""Which things name an attachment, and whether who brought it in had it."""

from dataclasses import dataclass

from hub.db import Database, Dialect

MOST = 200
_CONTAINS: dict[Dialect, str] = {
    "postgresql": "position(CAST(? AS bytea) IN o.payload) > 0",
    "sqlite": "instr(o.payload, CAST(? AS blob)) > 0",
}
_HOLDERS = """
WITH named (uid, seq) AS (
    SELECT h.uid, min(o.seq) FROM holding h JOIN operation o ON o.entity = h.uid
    WHERE h.sha256 = ? AND {contains} GROUP BY h.uid LIMIT {most}
)
SELECT t.bucket, o.author, o.at, CASE WHEN EXISTS (
    SELECT 1 FROM device_author d JOIN blob b ON b.account = d.account
    WHERE d.device = o.device AND b.sha256 = ?
) THEN 1 ELSE 0 END
FROM named n JOIN operation o ON o.seq = n.seq JOIN thing t ON t.uid = n.uid
"""
_ASKED = {
    dialect: _HOLDERS.format(contains=contains, most=MOST)
    for dialect, contains in _CONTAINS.items()
}


@dataclass(frozen=True, slots=True)
class Holder:
    """A thing in `bucket` that names an attachment, which `author` brought into it at `at` (UTC ms).

    It is `sent` when the content came from someone of the author's station: only then is it sure
    that they had more of it than its SHA-256.
    """

    bucket: str
    author: str
    at: int
    sent: bool


async def holders(database: Database, sha256: str) -> list[Holder]:
    """The things that name this attachment now."""
    rows = await database.ask(_ASKED[database.dialect], sha256, sha256.encode(), sha256)
    return [Holder(str(row[0]), str(row[1]), int(row[2]), bool(row[3])) for row in rows]
