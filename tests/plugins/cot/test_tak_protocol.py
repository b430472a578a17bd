"""TAK protocol v1 tells the same as the XML it replaces."""

import contextlib
import random

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample
from tests.plugins.cot.tak import mesh, message, stream


@pytest.mark.parametrize("wrapped", [mesh, stream])
def test_an_event_is_read_from_the_mesh_and_from_a_server(read_sample: ReadSample, wrapped):
    [record] = read_sample(wrapped(message())).records
    assert record.id == "ANDROID-1"
    assert record.title == "MARTEAU 1"
    assert record.geometry == {"type": "Point", "coordinates": [2.3, 48.9]}
    assert record.until == 1_721_995_260_000
    assert record.properties["remarks"] == "au poste"
    assert record.properties["sidc"] == "SFGPUC---------"
    assert record.properties["ce"] == 3.0
    assert record.properties["course"] == 90.0
    assert record.properties["speed"] == 0.0, "protobuf leaves zeros out"
    assert "hae" not in record.properties, "9999999 means that nobody knows"


@pytest.mark.parametrize("wrapped", [mesh, stream])
def test_several_messages_in_one_buffer_are_all_read(read_sample: ReadSample, wrapped):
    read = read_sample(wrapped(*(message(f"U{n}") for n in range(5))))
    assert [record.id for record in read.records] == [f"U{n}" for n in range(5)]
    assert not read.reading.snapshot


def test_junk_between_messages_of_a_stream_is_skipped(read_sample: ReadSample):
    read = read_sample(stream(message("U1")) + b"\r\njunk\r\n" + stream(message("U2")))
    assert [record.id for record in read.records] == ["U1", "U2"]


def test_a_cut_stream_gives_what_came_and_says_so(read_sample: ReadSample):
    read = read_sample(stream(message("U1"), message("U2"))[:-20])
    assert [record.id for record in read.records] == ["U1"]
    assert sum(problem.count for problem in read.reading.problems) == 1


def test_damaged_messages_never_break_the_reader(read_sample: ReadSample):
    chance = random.Random(4)
    whole = bytearray(mesh(message()))
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(3, len(damaged))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            read_sample(bytes(damaged), word="cot")


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
def test_what_takproto_encodes_tells_the_same_as_its_xml(read_sample: ReadSample):
    for file in (FEEDS / "cot").glob("*.bin"):
        [told] = read_sample(file).records
        [meant] = read_sample(file.parent / f"{file.name.partition('.')[0]}.xml").records
        assert (told.id, told.geometry, told.time, told.until, told.title) == (
            (meant.id, meant.geometry, meant.time, meant.until, meant.title)
        ), file.name
        assert told.properties == meant.properties
