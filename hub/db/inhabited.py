"""Whether a PostgreSQL database is already some hub's: a look before anything is made or restored."""

import psycopg

from hub.db import Unavailable

PATIENCE_S = 5


def has_tables(url: str) -> bool:
    """Whether a hub's tables are there, filled or not.

    Raises:
        Unavailable: nobody answers at `url`.
    """
    return _asked(url, "SELECT to_regclass('account') IS NOT NULL")


def has_accounts(url: str) -> bool:
    """Whether people already have accounts there.

    Raises:
        Unavailable: nobody answers at `url`.
    """
    return has_tables(url) and _asked(url, "SELECT EXISTS (SELECT 1 FROM account)")


def _asked(url: str, question: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE_S) as connection:
            found = connection.execute(question.encode()).fetchone()
    except psycopg.OperationalError as error:
        raise Unavailable.because(error) from error
    return bool(found and found[0])
