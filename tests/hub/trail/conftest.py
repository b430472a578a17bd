"""A trail on a real database of either engine, signed by a known key."""

from collections.abc import AsyncIterator

import pytest

from beffroi.clock import Clock
from hub.db import Database
from hub.keys import Seal
from hub.trail import Trail


@pytest.fixture
def key() -> Seal:
    return Seal(bytes(range(32)))


@pytest.fixture
async def trail(database: Database, clock: Clock, key: Seal) -> AsyncIterator[Trail]:
    trail = Trail(database, clock, key)
    await trail.start()
    yield trail
    await trail.stop()
