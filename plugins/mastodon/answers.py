"""Tells the answers of the API apart: posts, threads, notifications, tags and links in fashion."""

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Kind = Literal["post", "notification", "tag", "link", "deletion"]
Told = dict[str, Any]
_POST = frozenset(("content", "account", "created_at", "visibility"))
_NOTIFICATION = frozenset(("type", "account", "created_at"))
_TAG = frozenset(("name", "url", "history"))
_LINK = frozenset(("url", "title", "history"))
_MOST = 20_000


class Item(NamedTuple):
    """One thing of an answer; of a deletion, `told` is only its `id`."""

    kind: Kind
    told: Told


def items(document: Any) -> Iterator[Item]:
    """The things that an answer lists, in its order; nothing when it is not of Mastodon."""
    for told in _listed(document)[:_MOST]:
        kind = _kind(told)
        if kind is not None:
            yield Item(kind, told)


def streamed(text: str) -> Iterator[Item]:
    """The things of a stream of server-sent events: `event: update`, then `data: {…}`."""
    event = ""
    for line in text.splitlines():
        name, _colon, value = line.partition(":")
        if name == "event":
            event = value.strip()
        elif name == "data":
            yield from _event(event, value.strip())


def socketed(document: Any) -> Iterator[Item]:
    """The thing of one message of a WebSocket: `{"event": "update", "payload": "{…}"}`."""
    if isinstance(document, dict) and isinstance(document.get("event"), str):
        yield from _event(document["event"], str(document.get("payload", "")))


def _event(event: str, payload: str) -> Iterator[Item]:
    if event == "delete":
        yield Item("deletion", {"id": payload})
        return
    try:
        yield from items(json.loads(payload))
    except (ValueError, RecursionError):
        return


def _listed(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    if {"ancestors", "descendants"} <= document.keys():
        return [*_list(document["ancestors"]), *_list(document["descendants"])]
    if {"statuses", "hashtags"} <= document.keys():
        return [*_list(document["statuses"]), *_list(document["hashtags"])]
    return [document]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _kind(told: Any) -> Kind | None:
    if not isinstance(told, dict):
        return None
    names = told.keys()
    if names >= _POST:
        return "post"
    if names >= _NOTIFICATION and isinstance(told.get("account"), dict):
        return "notification"
    if names >= _LINK:
        return "link"
    return "tag" if names >= _TAG else None
