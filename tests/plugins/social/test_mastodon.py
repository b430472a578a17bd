"""Posts, threads, notifications and trends of Mastodon."""

import json
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import ReadSample

POST = {
    "id": "1", "created_at": "2024-07-26T12:00:00.000Z", "visibility": "public", "language": "fr",
    "url": "https://social.example.fr/@pref/1", "content": "<p>Pont <b>fermé</b>, voir @alice</p>",
    "account": {"acct": "pref", "followers_count": 1200}, "reblog": None, "reblogs_count": 3,
    "replies_count": 1, "favourites_count": 2, "tags": [{"name": "crue"}], "media_attachments": [],
}  # fmt: skip


def test_a_post_is_quoted_without_its_author_unless_a_key_is_given(read_sample: ReadSample):
    [record] = read_sample(json.dumps(POST)).records
    assert record.title == "Pont fermé, voir @…"
    assert record.properties["reach"] == "1000-9999"
    assert "author" not in record.properties
    [keyed] = read_sample(json.dumps(POST), pseudonym_key="k").records
    assert len(str(keyed.properties["author"])) == 16
    assert keyed.properties["author"] != "pref"


def test_institutions_may_be_shown_in_clear(read_sample: ReadSample):
    [record] = read_sample(json.dumps(POST), clear_accounts="@Pref, autre").records
    assert record.properties["author"] == "pref"


def test_words_that_are_not_for_everybody_are_not_kept(read_sample: ReadSample):
    [record] = read_sample(json.dumps({**POST, "visibility": "private"})).records
    assert "fermé" not in str(record)


def test_a_post_passed_on_is_told_by_what_it_passes_on(read_sample: ReadSample):
    passing = {**POST, "id": "2", "content": "", "reblog": POST}
    [record] = read_sample(json.dumps([passing])).records
    assert (record.id, record.title) == ("2", "Pont fermé, voir @…")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("status", 1),
        ("context", 2),
        ("notifications", 1),
        ("timeline_public", 20),
        ("trends_tags", 10),
    ],
)
def test_answers_of_the_api_are_read_whole(read_sample: ReadSample, name: str, count: int):
    read = read_sample(Path(f"mastodon/{name}.json"))
    assert (read.reading.format, len(read.records)) == ("mastodon", count)
    assert "followers" not in str(read.records), "no profile is kept"


def test_a_trend_tells_how_much_it_was_used(read_sample: ReadSample):
    record = read_sample(Path("mastodon/trends_tags.json")).records[0]
    assert (record.title, record.properties["uses_last_day"]) == ("caturday", 806)


def test_streams_bring_posts_and_take_them_away(read_sample: ReadSample):
    events = f"event: update\ndata: {json.dumps(POST)}\n\nevent: delete\ndata: 9\n\n"
    read = read_sample(events)
    assert ([r.id for r in read.records], read.reading.ended) == (["1"], ["9"])
    sockets = "\n".join(
        json.dumps({"stream": ["public"], "event": event, "payload": payload})
        for event, payload in (("update", json.dumps(POST)), ("delete", "9"))
    )
    read = read_sample(sockets)
    assert ([r.id for r in read.records], read.reading.ended) == (["1"], ["9"])


def test_an_empty_timeline_is_no_error(read_sample: ReadSample):
    assert read_sample("[]", word="mastodon").records == []


def test_what_is_not_of_mastodon_is_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="Aucune publication"):
        read_sample('{"error": "The access token is invalid"}', word="mastodon")
