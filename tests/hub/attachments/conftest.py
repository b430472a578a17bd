"""The same hub as for the other routes of sync."""

from tests.hub.sync.conftest import address, hub, ledger

__all__ = ["address", "hub", "ledger"]
