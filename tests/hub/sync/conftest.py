"""A hub whose ledger is a list, served for real."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.core import Hub
from hub.db.embedded import EmbeddedDatabase
from tests.hub.sync.kit import WS, ListedLedger, Register, Visitor, listed_hub, reader, served

PEOPLE = (
    reader("m.durand"),
    reader("medecin", "DR_SF", ["MEDICAL"], station="Poste 2", device="device-2"),
    reader("invite", "NP", station="Poste 3", device="device-3"),
    reader("ailleurs", workspace="autre"),
    Visitor(account="sans-droit", session="session-sans-droit"),
)


@pytest.fixture
def ledger() -> ListedLedger:
    return ListedLedger()


@pytest.fixture
def hub(embedded: EmbeddedDatabase, ledger: ListedLedger, tmp_path: Path) -> Hub:
    return listed_hub(embedded, ledger, Register(*PEOPLE), tmp_path)


@pytest.fixture
async def address(hub: Hub) -> AsyncIterator[str]:
    async with served(hub) as where:
        yield where


@pytest.fixture
def workspace() -> str:
    return WS
