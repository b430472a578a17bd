"""Copies of what a hub observes: put in as they come, with how far one has come, all in one file.

Light: whoever carries rows needs neither numpy nor shapely.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from beffroi.observations import leaving, putting, states
from beffroi.observations.file import ObservationFile
from beffroi.observations.rows import Body
from beffroi.observations.states import SourceState
from beffroi.store import Connection

_CURSOR = "hub/"


class Copies:
    """The file of observations as the sync process sees it."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = ObservationFile(path, key)

    def cursors(self) -> dict[str, int]:
        """How far each source that the hub follows has been copied."""
        with self._file.read() as connection:
            return cursors(connection)

    def put(
        self, source: str, rows: Iterable[Body], gone: Sequence[str], *, cursor: int, now: int,
        whole: bool = False,
    ) -> bool:  # fmt: skip
        """Keep a page of a source and where it ends; whether anything is otherwise.

        With `whole` the page begins again from nothing: what was kept of the source goes.
        """
        with self._file.write() as connection:
            done = putting.put(connection, source, rows, gone, snapshot=whole, now=now, exact=True)
            _keep_cursor(connection, source, cursor)
            return done.moved

    def put_states(self, told: Mapping[str, SourceState]) -> None:
        """Keep how sources are at the hub."""
        with self._file.write() as connection:
            for uid, state in told.items():
                states.put(connection, uid, state)
                if state.snapshot:
                    connection.execute(
                        "UPDATE source SET told = ? WHERE uid = ?", (state.last_ok, uid)
                    )

    def begin(self, source: str) -> None:
        """The hub follows this source from now on, whatever it has told."""
        with self._file.write() as connection:
            _keep_cursor(connection, source, cursors(connection).get(source, 0))

    def end(self, source: str) -> None:
        """The hub follows this source no more; what it told stays, dated."""
        with self._file.write() as connection:
            connection.execute("DELETE FROM counter WHERE name = ?", (_CURSOR + source,))

    def forget_all_but(self, known: Collection[str]) -> list[str]:
        """Forget every source that is not `known` (any more); their uids."""
        return leaving.forget_all_but(self._file, known)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def cursors(connection: Connection) -> dict[str, int]:
    """How far each source that the hub follows has been copied."""
    rows = connection.execute(
        "SELECT name, value FROM counter WHERE name >= ? AND name < ?", (_CURSOR, "hub0")
    )
    return {name.removeprefix(_CURSOR): value for name, value in rows}


def _keep_cursor(connection: Connection, source: str, cursor: int) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)", (_CURSOR + source, cursor)
    )
