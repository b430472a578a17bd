"""An operation: who did what, when, from where; immutable once written."""

from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.text import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who acts: the person, the post held and the station; never a shared account.

    `may_write` is false for those who only read and verify (the security officer);
    `may_export` is false for those who must not carry content out.
    """

    account: str
    person: str
    post: str
    station: str
    organisation: str = ""
    may_write: bool = True
    may_export: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a capability asks the journal to keep: a kind, the thing it is about, its payload.

    `by` is who acts, when a batch carries the acts of several people.  `audience` joins by `+` the
    sorted caveats that limit who may see it.
    """

    kind: str
    entity: str
    payload: Any
    marking: str = "DR"
    audience: str = ""
    by: Identity | None = None


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the journal.  `made_at` is UTC ms on the maker's clock, `hlc` orders nodes.

    `offset` (ms) is what was added to the maker's clock to follow the hub's.  `hub_seq`, `at`
    (UTC ms), `number` and `bucket` are what the hub says of it once it holds it: 0 before.
    """

    seq: int
    op_id: str
    kind: str
    entity: str
    workspace: str
    hlc: int
    made_at: int
    author: str
    post: str
    station: str
    marking: str
    payload: bytes
    audience: str = ""
    device: str = ""
    signature: str = ""
    offset: int = 0
    at: int = 0
    hub_seq: int = 0
    number: int | None = None
    bucket: str = ""


_encoder = msgspec.json.Encoder(order="deterministic")


def encode(payload: Any) -> bytes:
    """The canonical JSON of a payload: same content, same bytes, everywhere."""
    try:
        return _encoder.encode(payload)
    except UnicodeEncodeError:
        return _encoder.encode(_of_characters(msgspec.to_builtins(payload)))


def _of_characters(value: Any) -> Any:
    """`value` without the halves of characters that a paste may bring: JSON has no place for them."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {_of_characters(key): _of_characters(item) for key, item in value.items()}
        case list() | tuple():
            return [_of_characters(item) for item in value]
        case _:
            return value
