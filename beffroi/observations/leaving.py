"""Forgets sources that are no more, or no longer for this person, down to the bytes of the file."""

from collections.abc import Collection

from beffroi.observations import putting
from beffroi.observations.file import ObservationFile
from beffroi.store import Connection

_OF_ONE = "SELECT rid FROM observation WHERE source = ?"
_HELD = (
    "SELECT uid FROM source s WHERE EXISTS (SELECT 1 FROM observation o WHERE o.source = s.key) "
    "OR EXISTS (SELECT 1 FROM trail t WHERE t.source = s.key) "
    "UNION SELECT uid FROM source_state UNION SELECT uid FROM source_try"
)


def forget(connection: Connection, uid: str) -> int:
    """Forget all that a source told, and how it was; how many observations went.

    What was shown of it is still told to be gone, by its number alone.
    """
    key = putting.source_key(connection, uid)
    rids = [rid for (rid,) in connection.execute(_OF_ONE, (key,))]
    went = putting.let_go(connection, key, rids)
    connection.execute("UPDATE gone SET id = '' WHERE source = ?", (key,))
    connection.execute("DELETE FROM trail WHERE source = ?", (key,))
    for table in ("source_state", "source_try"):
        connection.execute(f"DELETE FROM {table} WHERE uid = ?", (uid,))
    return went


def forget_all_but(file: ObservationFile, known: Collection[str]) -> list[str]:
    """Forget every source that is not `known` (any more); their uids.

    A source leaves with its sheet, also when that left while nobody followed it.
    """
    with file.read() as connection:
        held = [uid for (uid,) in connection.execute(_HELD)]
    gone = [uid for uid in held if uid not in known]
    if gone:
        with file.write() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            try:
                for uid in gone:
                    forget(connection, uid)
            finally:
                connection.execute("PRAGMA secure_delete = OFF")
    return gone
