"""What running hubs must hear of changes made elsewhere: by another replica, by `beffroi-admin hub`."""

from dataclasses import dataclass

from hub.db import Session

RIGHTS, SESSION, DEVICE = "rights", "session", "device"
_KEPT_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Notice:
    """Rights of an account (`*` all), a session or a device changed."""

    number: int
    what: str
    subject: str


async def tell(session: Session, what: str, subject: str, now: int) -> None:
    """Let every replica know, when this transaction is kept."""
    await session.run("UPDATE notice_count SET last = last + 1 WHERE one = 1")
    await session.run(
        "INSERT INTO notice (number, what, subject, at) "
        "SELECT last, ?, ?, ? FROM notice_count WHERE one = 1",
        what, subject, now,
    )  # fmt: skip
    await session.run("DELETE FROM notice WHERE at < ?", now - _KEPT_MS)


async def last(session: Session) -> int:
    """The number of the last notice."""
    row = await session.row("SELECT last FROM notice_count WHERE one = 1")
    return int(row[0]) if row else 0


async def after(session: Session, number: int) -> list[Notice]:
    """The notices that came after that one."""
    rows = await session.rows(
        "SELECT number, what, subject FROM notice WHERE number > ? ORDER BY number", number
    )
    return [Notice(*row) for row in rows]
