"""Reads a sample as Beffroi does: recognised by its content, through the plugin that knows it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from beffroi.plugin import Sample
from beffroi.sources.reading import Read, read
from tests.conftest import START

DATA = Path(__file__).parents[1] / "data"
FEEDS = Path(__file__).parents[3] / "shared/data/D_feeds"
"""Real samples in a folder beside the repository; tests use them only where they are there."""

ReadSample = Callable[..., Read]


def sample_of(source: Path | bytes | str, name: str = "", media_type: str = "") -> Sample:
    """A sample from a file of `tests/data` (or elsewhere), or from bytes."""
    if isinstance(source, Path):
        file = source if source.is_absolute() else DATA / source
        return Sample(data=file.read_bytes(), name=name or file.name, path=file, received=START)
    data = source.encode() if isinstance(source, str) else source
    return Sample(data=data, name=name, media_type=media_type, received=START)


@pytest.fixture
def read_sample() -> ReadSample:
    """`read_sample(path or bytes, word="", **options)`: all that is understood of it."""

    def reads(
        source: Path | bytes | str, word: str = "", name: str = "", **options: str | int | bool
    ) -> Read:
        return read(sample_of(source, name), word, options)

    return reads
