"""Remembers where a chain ends: cutting its last lines off shows, as altering one does."""

from beffroi.journal.chain import GENESIS, ChainBreak
from beffroi.store import Connection


def remember(connection: Connection, chain: str, seq: int, digest: bytes) -> None:
    """Line `seq` with this hash is now the last of `chain`."""
    connection.execute(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?,?)",
        (f"chain/{chain}", f'"{seq}:{digest.hex()}"'),
    )


def cut(connection: Connection, chain: str, seq: int, digest: bytes) -> ChainBreak | None:
    """Where `chain` was cut, when its last line (`seq`, `digest`) is not the one remembered."""
    row = connection.execute(
        "SELECT value FROM setting WHERE key = ?", (f"chain/{chain}",)
    ).fetchone()
    known = row[0].strip('"') if row else f"0:{GENESIS.hex()}"
    if known == f"{seq}:{digest.hex()}":
        return None
    return ChainBreak(seq + 1, "missing")
