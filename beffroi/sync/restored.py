"""A hub restored from a backup has forgotten what came after: it is told again.

Each station sends its own operations again that the hub lost, and reads again from where the backup
stands.  Both know operations by their ids: what was not lost counts once all the same.
"""

import msgspec

from beffroi.journal import Journal
from beffroi.store import Connection, Settings, Store

_KNOWN = "hub/restored"
_FORGOTTEN = "SELECT seq, op_id, entity FROM operation WHERE hub_seq > ? ORDER BY seq"
_UNKNOWN_THERE = "UPDATE operation SET hub_seq = 0, at = 0, number = NULL WHERE seq = ?"
_WAITS_AGAIN = (
    "INSERT OR IGNORE INTO outbox (seq) SELECT seq FROM operation WHERE seq = ? AND device = ?"
)
_STARTED_LATER = (
    "SELECT DISTINCT b.bucket FROM merge_state s JOIN entity_bucket b ON b.uid = s.uid "
    "WHERE s.seq > ?"
)


def rewind(store: Store, journal: Journal, head: int, device: str) -> int:
    """Go back to the hub's position `head`; how many operations the hub had forgotten.

    Those of `device` wait again.  Numbers that the hub granted after `head` are given back, since
    it may grant them to others; things that came as they stood later than that are fetched anew.
    """
    with store.write() as connection:
        forgotten = connection.execute(_FORGOTTEN, (head,)).fetchall()
        for seq, _op_id, _entity in forgotten:
            connection.execute(_UNKNOWN_THERE, (seq,))
            connection.execute(_WAITS_AGAIN, (seq, device))
        _show_again(connection, journal, forgotten)
        connection.execute("UPDATE cursor SET seq = ? WHERE seq > ?", (head, head))
        for (bucket,) in connection.execute(_STARTED_LATER, (head,)).fetchall():
            journal.purge(bucket)
    return len(forgotten)


def _show_again(
    connection: Connection, journal: Journal, forgotten: list[tuple[int, str, str]]
) -> None:
    """Let the tables say what the journal says of these things now."""
    gone = {op_id for _seq, op_id, _entity in forgotten}
    for entity in dict.fromkeys(entity for _seq, _op_id, entity in forgotten):
        for operation in journal.history(entity):
            if operation.op_id in gone:
                alone = msgspec.structs.replace(operation, hub_seq=0, at=0, number=None)
                journal.apply(connection, alone)


def restored_to(settings: Settings, said: str) -> int | None:
    """The position to go back to, when what the hub says of itself (`id:position`) is news."""
    name, _colon, head = said.partition(":")
    if not name or settings.get(_KNOWN) == said:
        return None
    if not (head.isascii() and head.isdigit() and len(head) < len(str(1 << 62))):
        return None
    return int(head)


def remember(settings: Settings, said: str) -> None:
    """What the hub says of itself is known."""
    settings.put(_KNOWN, said)
