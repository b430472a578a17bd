"""Loopback servers and files of observations for the tests of sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.observations import OBSERVATIONS_FILE, Observations
from tests.loopback import Web, web_server


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as made:
        yield made


@pytest.fixture
def observations(tmp_path: Path) -> Iterator[Observations]:
    made = Observations(tmp_path / OBSERVATIONS_FILE, bytes(range(32)))
    yield made
    made.close()
