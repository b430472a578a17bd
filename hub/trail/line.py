"""A line of the hub's trail, and the hash that ties it to the line before."""

from dataclasses import astuple, dataclass, fields

from beffroi.journal import chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One access, not numbered yet.  `at` and `kept_at` are UTC ms, `detail` is JSON.

    The last four say which station sent it, as what, and what its own chain had against it.
    """

    at: int
    kept_at: int
    account: str
    post: str = ""
    station: str = ""
    device: str = ""
    action: str
    object: str = ""
    detail: str = "{}"
    source: str = ""
    source_seq: int = 0
    source_hash: str = ""
    flaw: str = ""


NAMES = ("seq", *(field.name for field in fields(Line)))
"""What the chain covers, in its order: the columns of the table but the two hashes."""
COLUMNS = ", ".join(NAMES)
INSERT = (
    f"INSERT INTO trail ({COLUMNS}, prev_hash, hash) "
    f"VALUES ({','.join('?' * (len(NAMES) + 2))})"
)  # fmt: skip


def chained(
    seq: int, last: bytes, lines: list[Line]
) -> tuple[list[tuple[str | int | bytes, ...]], bytes]:
    """The rows for `lines` after line `seq` with hash `last`, and the hash of the last one."""
    rows: list[tuple[str | int | bytes, ...]] = []
    for line in lines:
        seq += 1
        parts = (seq, *astuple(line))
        digest = chain.link(last, parts)
        rows.append((*parts, last, digest))
        last = digest
    return rows, last


def storable(text: str) -> str:
    """`text` without what PostgreSQL cannot keep or JSON cannot say: NUL, halves of characters."""
    return text.encode(errors="replace").decode().replace("\x00", "\ufffd")
