"""Reads Mastodon: one record per post, notification or trend."""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.words import _
from plugins.mastodon import posts
from plugins.mastodon.answers import Item, items, socketed, streamed

_SIGNS = (b'"reblogs_count"', b'"ancestors"', b'"history"', b'"account"', b'"event"')


def recognise(sample: Sample) -> float:
    """How sure it is that this comes from Mastodon."""
    if sample.kind == "text":
        head = sample.head
        is_stream = head.startswith((":", "event:")) and "reblogs_count" in head
        return 0.9 if is_stream else 0.0
    if not any(sign in sample.content[:200_000] for sign in _SIGNS):
        return 0.0
    try:
        return 0.95 if next(_items(sample, Book()), None) else 0.0
    except Unreadable:
        return 0.0


def read(sample: Sample, options: Options) -> Reading:
    """What was posted, quoted shortly; authors by pseudonym, or not at all.

    Options: `pseudonym_key` (a secret), `clear_accounts` (institutions and media, commas between).

    Raises:
        Unreadable: there is no post in it.
    """
    book, shown = Book(), posts.chosen(options)
    found = list(_items(sample, book))
    if not found and sample.json != []:
        raise Unreadable(_("Aucune publication Mastodon ici\u00a0: vérifiez l’adresse de l’API."))
    return Reading(
        format="mastodon",
        records=[posts.record(item, shown) for item in found if item.kind != "deletion"],
        problems=book,
        encoding=sample.encoding,
        ended=[str(item.told["id"]) for item in found if item.kind == "deletion"],
        snapshot=False,
        hints={"family": "media", "title": "text", "refresh": "60", "retention": "604800"},
    )


def _items(sample: Sample, book: Book) -> Iterator[Item]:
    if sample.kind == "text":
        yield from streamed(sample.text)
    elif sample.kind == "jsonl":
        for _line, document in sample.json_lines(book):
            yield from socketed(document)
            yield from items(document)
    else:
        yield from socketed(sample.json)
        yield from items(sample.json)
