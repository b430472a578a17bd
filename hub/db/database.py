"""What the hub asks of its database, whichever engine holds it.

SQL is in plain sight with `?` marks on both engines; times are UTC ms, booleans 0 or 1, texts never
null.  What differs between the engines is asked of `dialect`.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, Protocol

from hub.db.signals import Signals

Row = tuple[Any, ...]
Dialect = Literal["postgresql", "sqlite"]


class Session(Protocol):
    """One transaction."""

    async def rows(self, sql: str, *marks: object) -> list[Row]:
        """All rows of a query."""
        ...

    async def row(self, sql: str, *marks: object) -> Row | None:
        """The first row of a query, None without any."""
        ...

    async def run(self, sql: str, *marks: object) -> int:
        """Run a statement; how many rows it touched."""
        ...

    async def many(self, sql: str, lines: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each line of marks."""
        ...


class Database(Protocol):
    """Hands out transactions; safe to use from any task of the loop that opened it."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL it speaks."""
        ...

    @property
    def signals(self) -> Signals:
        """Words between tasks; on PostgreSQL those of other replicas too."""
        ...

    async def announce(self, text: str) -> None:
        """Tell every replica something, this one too; at most 7,000 bytes."""
        ...

    def announcements(self) -> AsyncIterator[str]:
        """What is announced from now on."""
        ...

    async def ask(self, sql: str, *marks: object) -> list[Row]:
        """All rows of one query that stands alone: cheaper than `read`.

        Raises:
            Unavailable: the database does not answer.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[Session]:
        """A transaction that only reads, on one snapshot.

        Raises:
            Unavailable: the database does not answer.
        """
        ...

    def write(self) -> AbstractAsyncContextManager[Session]:
        """A transaction: all of it or nothing, on the disk when the block ends.

        On the embedded engine writers wait for each other: never await anything slow inside.

        Raises:
            Unavailable: the database does not answer; nothing of the block was kept, or all of it
                when the answer to the last word was lost.
            Full: no room left on its disk; nothing of the block was kept.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection; closing twice is harmless."""
        ...
