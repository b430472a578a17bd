"""A ledger and its committer on each engine."""

from collections.abc import AsyncIterator

import pytest

from beffroi.clock import Clock
from hub.db import Database
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from tests.hub.ledger.kit import START, FakePeople, Station


@pytest.fixture
def people() -> FakePeople:
    made = FakePeople()
    made.grant("c.marchand")
    return made


@pytest.fixture
def station(people: FakePeople) -> Station:
    return Station(people)


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
async def committer(ledger: Ledger, people: FakePeople) -> AsyncIterator[Committer]:
    made = Committer(ledger, people, Clock(lambda: START + 86_400_000))
    made.start()
    yield made
    await made.stop()
