"""The encrypted SpatiaLite file of a node: one door to open it, one lane to write it."""

from beffroi.store.connection import Connection, Row, open_connection
from beffroi.store.faults import BAD_VALUES, StoreError
from beffroi.store.settings import Settings
from beffroi.store.store import Store

__all__ = [
    "BAD_VALUES", "Connection", "Row", "Settings", "Store", "StoreError", "open_connection",
]  # fmt: skip
