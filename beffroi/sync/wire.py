"""What a node and its upstream say to each other: JSON over HTTPS, one struct per message.

Payloads stay byte for byte as their author made them (`msgspec.Raw`): their hash is in chains and
signatures.  Times are UTC milliseconds; positions are the hub's, gapless over the whole hub.
"""

from typing import Annotated, Any, Literal

import msgspec

API = "/api/v1"
TIME_HEADER = "Beffroi-Time"
"""In every reply: the hub's clock, UTC ms; in every request: the station's own, uncorrected."""
MAX_PUSH_OPS = 400
MAX_PUSH_BYTES = 4_000_000
MAX_PAGE = 2000
MAX_OP_BYTES = 1_100_000
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""A position, a number or an hour (UTC ms) that a hub says: whatever it says, a store can hold it."""


class Op(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An operation as its author's station made and signed it.

    `made_at` is corrected by `offset` (ms), the difference to the hub's clock that the station
    knew.  `audience` joins caveats by `+`, sorted.  `signature` is base64 Ed25519.
    """

    op_id: str
    kind: str
    entity: str
    workspace: str
    hlc: int
    made_at: int
    offset: int = 0
    author: str
    post: str
    station: str
    marking: str
    audience: str = ""
    device: str = ""
    payload: msgspec.Raw
    signature: str = ""


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """Operations of one station, oldest first; sending them again is harmless."""

    ops: list[Op]


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one pushed operation.

    `kept` now, `known` since an earlier push, or `refused`: it lies in quarantine with `why`
    (a code of `REFUSALS`) and the others went on.  `number` is the definitive one of a publication.
    """

    op_id: str
    status: Literal["kept", "known", "refused"]
    seq: Count = 0
    number: Count | None = None
    at: Count = 0
    why: str = ""


class PushReply(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome per operation, in the same order."""

    outcomes: list[Outcome]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What comes down: an operation that the hub keeps, or an entity that left a bucket.

    `seq` is the operation's position, `at` when the hub accepted it, `number` the definitive
    number that it granted.  With `remove`, the entity must go if it is still in `bucket` here.
    """

    seq: Count
    bucket: str
    at: int = 0
    number: int | None = None
    op: Op | None = None
    remove: str = ""


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """Where this desktop stands: bucket → position after which to go on."""

    workspace: str
    cursors: dict[str, int]
    limit: int = 1000


class PullReply(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records in the order of positions, and where every cursor stands after it.

    `buckets` is all that this person may see now: another bucket's content must leave the cache;
    a bucket without cursor starts from its state rows.  `head` is the hub's last position.
    """

    records: list[Record]
    cursors: dict[str, Count]
    buckets: list[str]
    head: Count
    more: bool


class StateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing as it stands, ready to be merged with later operations.

    `kind` is one of `beffroi.logbook.merge.STATES`; `seq` is the position of the last operation
    that `state` contains.
    """

    kind: str
    uid: str
    seq: Count
    state: msgspec.Raw


class StatePage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of a bucket's things; go on after `next` (empty at the end).

    `at` is the position from which to pull afterwards; take that of the first page.
    """

    at: Count
    rows: list[StateRow]
    next: str


class Presence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who is at a desk now, and what they read or write (`entity` is an entry's uid)."""

    account: str
    person: str = ""
    post: str = ""
    station: str = ""
    entity: str = ""
    doing: Literal["", "reading", "writing"] = ""


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Someone has read an entry."""

    entity: str
    account: str
    post: str = ""
    at: Count = 0


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message of the live stream (the `data:` of an SSE event); several may be set.

    `records` come in order, after position `after`; a client that stands elsewhere pulls.  `resync`
    asks for a pull, `rights` says that rights changed, `revoked` that this device is out, `observed`
    that sources which this desktop may see told something new.
    """

    records: list[Record] = []
    after: Count = 0
    head: Count = 0
    presence: list[Presence] | None = None
    seen: list[Seen] = []
    resync: bool = False
    rights: bool = False
    revoked: bool = False
    observed: bool = False
    now: Count = 0


class WorkspaceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a workspace is, for whoever may open it."""

    workspace: str
    title: str
    mode: str = "real"
    zone: str = "Europe/Paris"
    marking: str = "DR"
    journal: str = "MC"
    prefix: str = ""


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    """A station asks to be known: the one-time code an administrator gave, and its TLS request."""

    code: str
    station: str
    request: str
    version: str = ""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The station is known as `device`, says `station_code` in provisional numbers (`S4`)."""

    device: str
    station_code: str
    certificate: str
    authority: str


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """A person at an enrolled station."""

    account: str
    secret: str
    version: str = ""


class Rights(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person may do in a workspace: the hub decides, the desktop mirrors it.

    `actions` are `action:object` words of `beffroi.access.rights`, `until` (UTC ms, 0 for ever) is
    when this right ends.
    """

    workspace: str
    role: str
    actions: list[str]
    marking: str = "DR"
    caveats: list[str] = []
    until: Count = 0


class SessionReply(msgspec.Struct, frozen=True, kw_only=True):
    """A session is open.

    `unlock` (hex) opens this station's cache, `keep_days` is how long it may live without contact;
    `salvage_key` (base64 X25519) seals what an erased cache had not sent yet, for the hub alone.
    """

    token: str
    expires: Count
    account: str
    display: str
    organisation: str
    posts: list[str]
    rights: list[Rights]
    workspaces: list[WorkspaceInfo]
    unlock: str = ""
    keep_days: Count = 30
    salvage_key: str = ""


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public Ed25519 key (base64) with which this station signs in this workspace alone."""

    workspace: str
    public: str


class TrailLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a station's audit trail, sent up to be merged into the hub's."""

    seq: int
    at: int
    actor: str
    post: str
    station: str
    action: str
    object: str
    detail: str
    hash: str


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Every refusal: a code for the program, a sentence with its remedy for the person."""

    code: str
    sentence: str
    retry_after: int = 0


REFUSALS = (
    "signature", "device", "author", "rights", "workspace", "mode", "payload", "kind",
    "unknown_entity", "too_big", "marking", "clock",
)  # fmt: skip
"""Why an operation may lie in quarantine."""

_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    """The decoder of a message type, built once."""
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


encode = msgspec.json.Encoder().encode
