"""The public stream of Bluesky."""

from pathlib import Path

import pytest

from tests.plugins.conftest import FEEDS, ReadSample

COMMITS = Path("jetstream/commits.jsonl")


def test_each_event_is_one_record_and_a_deletion_ends_its_post(read_sample: ReadSample):
    read = read_sample(COMMITS)
    assert (read.reading.format, len(read.records)) == ("jetstream", 7)
    first, updated, gone = read.records[0], read.records[3], read.records[4]
    assert first.id == updated.id == gone.id
    assert read.reading.ended == [first.id]
    assert updated.title == "Gare rouverte"
    assert not read.reading.snapshot


def test_who_likes_and_follows_whom_is_never_kept(read_sample: ReadSample):
    for record in read_sample(COMMITS, pseudonym_key="k").records:
        if record.properties.get("collection") != "app.bsky.feed.post":
            assert "did:plc" not in str(record)
            assert "carole" not in str(record)


def test_a_post_is_quoted_without_the_people_it_names(read_sample: ReadSample):
    record = read_sample(COMMITS).records[0]
    assert record.properties["text"] == "Gare fermée, merci @…"
    assert "author" not in record.properties
    assert record.time == 1_721_995_200_000


def test_only_one_kind_is_kept_when_asked(read_sample: ReadSample):
    read = read_sample(COMMITS, collection="app.bsky.feed.post")
    assert len(read.records) == 3


def test_a_line_that_is_no_event_is_said(read_sample: ReadSample):
    text = (Path(__file__).parents[2] / "data" / COMMITS).read_text(encoding="utf-8")
    read = read_sample(f"{text}not json\n{{}}\n")
    assert (len(read.records), sum(p.count for p in read.reading.problems)) == (7, 2)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(("name", "count"), [("expected_v1_part1", 101), ("golden_v1", 10)])
def test_real_streams_are_read_line_by_line(read_sample: ReadSample, name: str, count: int):
    assert len(read_sample(FEEDS / "bluesky_jetstream" / f"{name}.jsonl").records) == count
