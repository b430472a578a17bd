"""The same hub as for the other routes of sync, telling who moved more often."""

import pytest

from hub.live import fanout
from tests.hub.sync.conftest import address, hub, ledger

__all__ = ["address", "hub", "ledger"]


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "TICK_S", 0.1)
