"""Bytes that were changed on their way are read, or refused in one sentence; nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.plugin import Record, Sample
from beffroi.plugin.limits import MAX_FIELDS, MAX_WORDS
from beffroi.sources.registry import formats, module_of
from tests.plugins.conftest import DATA

FAMILIES = (
    "cap", "edxl", "hub-sante", "datex2", "siri", "gtfs", "gtfs-rt", "netex", "vigilance",
    "vigicrues", "news", "prim", "meteoalarm",
)  # fmt: skip
_LARGEST = 40_000


def samples(family: str) -> list[Path]:
    """Those small enough to be changed many times."""
    files = sorted((DATA / family).glob("*"))
    return [file for file in files if file.stat().st_size < _LARGEST]


@st.composite
def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """The bytes with a few of them replaced, repeated, left out, or the end cut off."""
    data = bytearray(whole)
    for _turn in range(draw(st.integers(1, 6))):
        if not data:
            break
        place = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(("replace", "repeat", "remove", "cut", "swap"))):
            case "replace":
                data[place : place + length] = draw(st.binary(max_size=length))
            case "repeat":
                data[place:place] = data[place : place + length] * draw(st.integers(1, 5))
            case "remove":
                del data[place : place + length]
            case "cut":
                del data[max(place, 1) :]
            case _:
                data[place] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)


def read(family: str, data: bytes) -> None:
    """Recognise and read; whatever comes is within what the contract allows."""
    manifest = next(m for m in formats() if m.id == family)
    plugin = module_of(manifest)
    sample = Sample(data=data, name="change", received=1)
    refusal = ""
    try:
        certainty = plugin.recognise(sample)
        reading = plugin.read(sample, {})
        records = list(reading.records)
    except BeffroiError as error:
        refusal = str(error)
    if refusal:
        assert "\n" not in refusal
        assert refusal.endswith((".", "»"))
        return
    assert 0 <= certainty <= 1
    for record in records:
        assert isinstance(record, Record)
        assert len(record.properties) <= MAX_FIELDS + 10
        assert all(len(str(value)) <= MAX_WORDS for value in record.properties.values())
    assert all(problem.why for problem in reading.problems)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_bytes_never_do_more_than_be_refused(family: str, data: st.DataObject):
    file = data.draw(st.sampled_from(samples(family)))
    read(family, data.draw(changed(file.read_bytes())))
