"""Operations that were refused: kept as they came, with the reason, until someone looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from beffroi.sync.wire import Op
from hub.db import Database, Row

MOST_OF_A_DEVICE = 5000
_FIELDS = "device, op_id, workspace, account, kind, why, at, op"
_PUT = (
    f"INSERT INTO quarantine ({_FIELDS}) SELECT ?, ?, ?, ?, ?, ?, ?, ? "
    "WHERE (SELECT count(*) FROM quarantine WHERE device = ?) < ? "
    "ON CONFLICT (device, op_id) DO UPDATE SET why = excluded.why, at = excluded.at, "
    "op = excluded.op, account = excluded.account"
)


@dataclass(frozen=True, slots=True)
class Refused:
    """An operation in quarantine; `op` is its JSON as it came, `at` UTC ms."""

    device: str
    op_id: str
    workspace: str
    account: str
    kind: str
    why: str
    at: int
    op: bytes


def refused(op: Op, why: str, *, device: str, account: str, at: int) -> Refused:
    """`op`, pushed from `device` by `account` at `at` (UTC ms) and refused for `why`."""
    return Refused(
        device, _bounded(op.op_id), _bounded(op.workspace), account, _bounded(op.kind), why, at,
        msgspec.json.encode(op),
    )  # fmt: skip


def _bounded(text: str) -> str:
    return text.replace("\x00", "")[:64]


class Quarantine:
    """Where refused operations lie."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(
        self, put: Sequence[Refused] = (), release: Collection[tuple[str, str]] = ()
    ) -> None:
        """Keep those in `put`, and forget the (device, op_id) of those that entered after all.

        A device that floods its quarantine keeps only its first ones here.
        """
        if not put and not release:
            return
        async with self._database.write() as session:
            for one in put:
                await session.run(
                    _PUT, one.device, one.op_id, one.workspace, one.account, one.kind, one.why,
                    one.at, one.op, one.device, MOST_OF_A_DEVICE,
                )  # fmt: skip
            await session.many(
                "DELETE FROM quarantine WHERE device = ? AND op_id = ?", list(release)
            )

    async def of_device(self, device: str, limit: int = 500) -> list[Refused]:
        """What lies here of a station, the newest first."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {_FIELDS} FROM quarantine WHERE device = ? ORDER BY at DESC LIMIT ?",
                device, limit,
            )  # fmt: skip
        return [_read(row) for row in rows]

    async def of_workspace(self, workspace: str, limit: int = 500) -> list[Refused]:
        """What lies here of a workspace, the newest first."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {_FIELDS} FROM quarantine WHERE workspace = ? ORDER BY at DESC LIMIT ?",
                workspace, limit,
            )  # fmt: skip
        return [_read(row) for row in rows]

    async def count(self) -> int:
        """How many lie here in all."""
        async with self._database.read() as session:
            row = await session.row("SELECT count(*) FROM quarantine")
        return int(row[0]) if row else 0


def _read(row: Row) -> Refused:
    device, op_id, workspace, account, kind, why, at, op = row
    return Refused(device, op_id, workspace, account, kind, why, at, bytes(op))
