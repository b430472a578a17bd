"""Observations of their own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.observations import OBSERVATIONS_FILE, Observations

KEY = bytes(range(32))


@pytest.fixture
def observations(tmp_path: Path) -> Iterator[Observations]:
    """A new file in the folder of the test."""
    made = Observations(tmp_path / OBSERVATIONS_FILE, KEY)
    yield made
    made.close()
