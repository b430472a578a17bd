"""The encrypted SpatiaLite file of a node: one door to open it, one lane to write it."""

from beffroi.store.connection import Connection, Row, open_connection
from beffroi.store.faults import StoreError
from beffroi.store.settings import Settings
from beffroi.store.store import Store

__all__ = ["Connection", "Row", "Settings", "Store", "StoreError", "open_connection"]
