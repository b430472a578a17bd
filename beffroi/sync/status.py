"""What the desktop and its sync process say to each other: one JSON message per line.

The desktop writes `Ask` messages on the process's stdin, `Start` first (secrets never go through
the command line); the process writes `Told` messages on stdout.  Times are UTC ms.
"""

from typing import Literal

import msgspec

from beffroi.sync.wire import Presence, Rights, Seen

State = Literal["online", "offline", "catching_up", "refused", "revoked"]
"""How the link stands.

`online`: others' acts arrive as they are made.  `offline`: the hub cannot be reached.
`catching_up`: it can, and what was missed is being exchanged.  `refused`: it answers, and does not
let this person in (`sentence` says why).  `revoked`: this device is out, its cache was erased.
"""


class LinkStatus(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The link to the hub.

    `since`: when `state` began.  `last_contact`: the hub's last answer, 0 for never.  `waiting`
    operations are not at the hub yet, `quarantined` ones were refused there.  `skew_ms` is how far
    this station's clock lags behind the hub's.  `done` of `total` operations, when catching up.
    `sentence` is for the person: why it is refused, or what keeps it from going on (a full disk).
    """

    state: State = "offline"
    since: int = 0
    last_contact: int = 0
    waiting: int = 0
    quarantined: int = 0
    skew_ms: int = 0
    done: int = 0
    total: int = 0
    sentence: str = ""


class Delivery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far an entry's operations have come.

    `kept` here, all `hub`: at the hub, `refused`: one lies in quarantine with `why` (a code of
    `beffroi.sync.wire.REFUSALS`).  `seen` says which others have read it, the first one first.
    """

    entity: str
    reached: Literal["kept", "hub", "refused"] = "kept"
    at: int = 0
    why: str = ""
    seen: list[Seen] = []


# What the desktop asks ---------------------------------------------------------------------------


class Ask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask"):
    """A line on the process's stdin."""


class Start(Ask, frozen=True, kw_only=True, tag="start"):
    """The first line: which profile, its key (hex), and who is at the desk.

    With `secret` the process logs in by itself whenever the hub answers; with `token` alone it uses
    that session for as long as it lasts, then says `refused`.  `token_expires` is UTC ms.
    """

    profile: str
    key: str
    account: str
    person: str = ""
    post: str = ""
    station: str = ""
    secret: str = ""
    token: str = ""
    token_expires: int = 0
    language: str = "fr"


class LogIn(Ask, frozen=True, kw_only=True, tag="login"):
    """Use this secret, or this session, from now on (after `refused`)."""

    secret: str = ""
    token: str = ""
    token_expires: int = 0


class Poke(Ask, frozen=True, kw_only=True, tag="poke"):
    """Something was written here: send it; offline, try the hub again now."""


class Looking(Ask, frozen=True, kw_only=True, tag="looking"):
    """What the person reads or writes now, and the post they hold; repeated only when it changes."""

    entity: str = ""
    doing: Literal["", "reading", "writing"] = ""
    post: str = ""


class HaveSeen(Ask, frozen=True, kw_only=True, tag="seen"):
    """These entries were shown in full to the person."""

    entities: list[str]


class Fetch(Ask, frozen=True, kw_only=True, tag="fetch"):
    """This attachment is wanted before the others."""

    sha256: str


class Stop(Ask, frozen=True, kw_only=True, tag="stop"):
    """End at once; what is under way is taken up the next time.  Closing stdin does the same."""


Asked = Start | LogIn | Poke | Looking | HaveSeen | Fetch | Stop


# What the process tells --------------------------------------------------------------------------


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="told"):
    """A line on the process's stdout."""


class Link(Told, frozen=True, kw_only=True, tag="link"):
    """The link changed; at most every 200 ms while catching up."""

    status: LinkStatus


class Changed(Told, frozen=True, kw_only=True, tag="changed"):
    """What came down is in the tables: `beffroi.sync.announcing.announce` publishes it.

    Uids by kind of change, with their row ids for what left this node.  `many` entries changed at once when it is not zero: `added` and
    `changed` are then empty and views read again.
    """

    added: list[str] = []
    changed: list[str] = []
    removed: list[tuple[str, int]] = []
    dossiers: list[str] = []
    followups: list[tuple[str, str]] = []
    conflicts: list[str] = []
    sheets: list[tuple[str, str]] = []
    many: int = 0


class Delivered(Told, frozen=True, kw_only=True, tag="delivered"):
    """These came further: the hub has them, refused them, or someone read them."""

    deliveries: list[Delivery]


class Present(Told, frozen=True, kw_only=True, tag="present"):
    """Who is at a desk now; the whole list.  Empty when offline."""

    people: list[Presence]


class SeenBy(Told, frozen=True, kw_only=True, tag="seenby"):
    """Others have read these entries."""

    seen: list[Seen]


class Granted(Told, frozen=True, kw_only=True, tag="granted"):
    """What the person may do in this workspace: after each login and whenever rights change.

    `token` is the session's, good until `expires` (UTC ms), for the desktop's own questions.
    """

    rights: list[Rights] = []
    display: str = ""
    posts: list[str] = []
    token: str = ""
    expires: int = 0


class Fetched(Told, frozen=True, kw_only=True, tag="fetched"):
    """An attachment is here now, or cannot be had (`sentence`)."""

    sha256: str
    sentence: str = ""


class Observed(Told, frozen=True, kw_only=True, tag="observed"):
    """Something of these sources (uids) is new, changed or gone; `followed` are those of the hub."""

    sources: list[str]
    followed: list[str]


class Notice(Told, frozen=True, kw_only=True, tag="notice"):
    """Something the person must know; `code` is for the program (`disk_full`, `quarantine`...)."""

    code: str
    sentence: str


class Erased(Told, frozen=True, kw_only=True, tag="erased"):
    """The cache was erased: the profile cannot be opened any more.

    `salvage` is the file in which what was not sent lies sealed for the hub, "" when nothing was.
    """

    sentence: str
    salvage: str = ""


class Ended(Told, frozen=True, kw_only=True, tag="ended"):
    """The last line: the process ends on purpose."""


Telling = (
    Link
    | Changed
    | Delivered
    | Present
    | SeenBy
    | Granted
    | Fetched
    | Observed
    | Notice
    | Erased
    | Ended
)

MAX_LINE = 4_000_000
ask_decoder = msgspec.json.Decoder(Asked)
told_decoder = msgspec.json.Decoder(Telling)
_encode = msgspec.json.Encoder().encode


def line(message: Ask | Told) -> bytes:
    """`message` as one line, newline included."""
    return _encode(message) + b"\n"
