"""Accounts, grants, sessions and devices of the hub."""

import sqlalchemy as sa

metadata = sa.MetaData()

EXTRAS: dict[str, tuple[str, ...]] = {"postgresql": (), "sqlite": ()}
"""By dialect: statements to run once, after the tables exist."""
