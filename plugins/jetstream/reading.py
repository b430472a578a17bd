"""Reads the stream of Bluesky: one record per event; what was deleted ends what it was."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable
from beffroi.plugin.words import _
from plugins.jetstream import commits


def recognise(sample: Sample) -> float:
    """How sure it is that this is a Jetstream."""
    if '"time_us"' not in sample.head or '"did"' not in sample.head:
        return 0.0
    try:
        first = next(_documents(sample, Book()), (0, None))[1]
    except Unreadable:
        return 0.0
    return 0.95 if commits.is_event(first) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """What was posted, quoted shortly; authors by pseudonym, or not at all.

    Options: `pseudonym_key` (a secret); `collection` keeps only one kind (`app.bsky.feed.post`).

    Raises:
        Unreadable: there is no event in it.
    """
    book, ended = Book(), list[str]()
    key, only = str(options.get("pseudonym_key", "")), str(options.get("collection", ""))
    records = list(_records(sample, book, ended, key, only))
    if not records and not book:
        raise Unreadable(
            _("Aucun événement Bluesky ici\u00a0: vérifiez l’adresse du flux Jetstream.")
        )
    return Reading(
        format="jetstream",
        records=records,
        problems=book,
        encoding=sample.encoding,
        ended=ended,
        snapshot=False,
        hints={"family": "media", "title": "text", "retention": "604800"},
    )


def _records(sample: Sample, book: Book, ended: list[str], key: str, only: str) -> Iterator[Record]:
    for number, event in _documents(sample, book):
        if not commits.is_event(event):
            book.note(_("ligne {n}").format(n=number), _("ligne qui n’est pas un événement"))
            continue
        commit = event.get("commit")
        if only and (not isinstance(commit, dict) or commit.get("collection") != only):
            continue
        if isinstance(commit, dict) and commit.get("operation") == "delete":
            ended.append(commits.identity(event, commit, key))
        yield commits.record(event, key)


def _documents(sample: Sample, book: Book) -> Iterator[tuple[int, Any]]:
    if sample.kind == "jsonl":
        yield from sample.json_lines(book)
    else:
        yield 1, sample.json
