"""One event of the stream as a record: of a post its words, of anything else only that it was.

Who likes, follows or blocks whom is never kept (`domain.md` §4.7: no graph of people).
"""

from typing import Any

from beffroi.plugin import Record, discretion, flat, times
from beffroi.plugin.words import _

POSTS = "app.bsky.feed.post"
_PAGE = "https://bsky.app/profile/{did}/post/{rkey}"
Told = dict[str, Any]


def is_event(document: Any) -> bool:
    """Whether a document is an event of the stream."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("did"), str)
        and isinstance(document.get("time_us"), int)
        and document.get("kind") in {"commit", "identity", "account"}
    )


def record(event: Told, key: str) -> Record:
    """The record of an event; a deletion bears the identity of what is gone."""
    commit = event.get("commit")
    if not isinstance(commit, dict):
        return _of_account(event, key)
    moment = times.epoch(event["time_us"])
    collection, operation = str(commit.get("collection", "")), str(commit.get("operation", ""))
    gone = operation == "delete"
    fields: Told = {"collection": collection, "operation": operation}
    told = commit.get("record")
    if collection == POSTS and isinstance(told, dict):
        fields |= _post(event, commit, told, key)
    return Record(
        id=identity(event, commit, key),
        properties=flat(fields),
        title=str(fields.get("text") or _thing(collection))[:120],
        time=(times.instant(told.get("createdAt"), "UTC") if isinstance(told, dict) else None)
        or moment,
        until=moment if gone else None,
    )


def identity(event: Told, commit: Told, key: str) -> str:
    """The same for all that befalls one post, and telling nothing of who wrote it."""
    parts = (event["did"], commit.get("collection"), commit.get("rkey"))
    return discretion.identity("/".join(map(str, parts)), key)


def _post(event: Told, commit: Told, told: Told, key: str) -> Told:
    embedded = told.get("embed")
    return {
        "text": discretion.quote(str(told.get("text") or "")),
        "author": discretion.pseudonym(event["did"], key),
        "url": _PAGE.format(did=event["did"], rkey=commit.get("rkey", "")),
        "language": told.get("langs"),
        "tags": told.get("tags"),
        "reply": "reply" in told,
        "media": str(embedded.get("$type", "")) if isinstance(embedded, dict) else "",
    }


def _of_account(event: Told, key: str) -> Record:
    """An account that opens, closes or changes its name: that it happened, not whose it is."""
    told = event.get("account")
    fields: Told = {"kind": event["kind"]}
    if isinstance(told, dict):
        fields |= {"active": told.get("active"), "status": told.get("status")}
    return Record(
        id=discretion.identity(f"{event['kind']}/{event['did']}", key),
        properties=flat(fields),
        title=_("compte"),
        time=times.epoch(event["time_us"]),
    )


def _thing(collection: str) -> str:
    return collection.rpartition(".")[2] or collection
