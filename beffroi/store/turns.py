"""Takes turns at writing with the other processes that have the store open.

SQLite's own patience looks ever more rarely and may miss every gap between the pages of a process
that catches up with its hub; looking every few milliseconds finds the next one.
"""

import time

import sqlcipher3.dbapi2 as driver

from beffroi.store.connection import Connection

PATIENCE_S = 20.0
LOOK_MS = 4


def look_often(connection: Connection) -> None:
    """Let this connection come back quickly when someone else writes."""
    connection.execute(f"PRAGMA busy_timeout = {LOOK_MS}")


def wait_for(connection: Connection, statement: str) -> None:
    """Run a statement that needs to be alone in writing, when it is our turn.

    Raises:
        driver.OperationalError: someone else wrote for all of `PATIENCE_S`.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute(statement)
        except driver.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        else:
            return
