"""What the desktop and its collecting process say to each other: one JSON message per line.

The desktop writes `Ask` messages on the process's stdin, `Start` first (the key never goes through
the command line); the process writes `Told` messages on stdout.  Times are UTC ms.
"""

import msgspec

from beffroi.observations import SourceState
from beffroi.sources.definition import Source


class Ask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask"):
    """A line on the process's stdin."""


class Start(Ask, frozen=True, kw_only=True, tag="start"):
    """The first line: the files of the profile, their key (hex), and whose sources beside the shared.

    `files` says whether sources may be files of this machine.  Without `store` (at a hub) the
    sources come by `Follow`, and `allow` is the list of private machines that they may reach, `proxy`
    their way out to the web.  `ahead_ms` is what the profile's clock has over this machine's: the hub's
    time sets it right, and a demonstration lives in another year.
    """

    observations: str
    key: str
    store: str = ""
    attachments: str = ""
    account: str = ""
    allow: list[str] = []
    proxy: str = ""
    zone: str = "Europe/Paris"
    files: bool = True
    language: str = "fr"
    ahead_ms: int = 0


class Reload(Ask, frozen=True, kw_only=True, tag="reload"):
    """These sources were made, changed or removed; all of them when none is named."""

    sources: list[str] = []


class Follow(Ask, frozen=True, kw_only=True, tag="follow"):
    """At a hub: these are the sources from now on, all of them."""

    sources: list[Source]


class Retry(Ask, frozen=True, kw_only=True, tag="retry"):
    """Ask this source again now."""

    source: str


class Suspend(Ask, frozen=True, kw_only=True, tag="suspend"):
    """Ask this source no more, until it is resumed."""

    source: str


class Resume(Ask, frozen=True, kw_only=True, tag="resume"):
    """Ask this source again, from now on."""

    source: str


class Stop(Ask, frozen=True, kw_only=True, tag="stop"):
    """End at once.  Closing stdin does the same."""


Asked = Start | Reload | Follow | Retry | Suspend | Resume | Stop


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="told"):
    """A line on the process's stdout."""


class HealthChanged(Told, frozen=True, kw_only=True, tag="health"):
    """How a source is now: after each try."""

    source: str
    state: SourceState


class Moved(Told, frozen=True, kw_only=True, tag="moved"):
    """Something of a source is new, changed or gone; at most twice a second for each."""

    source: str
    seq: int


class Notice(Told, frozen=True, kw_only=True, tag="notice"):
    """Something the person should know of a source (""  for none in particular), said once."""

    source: str
    sentence: str
    good: bool = False
    """Whether it is good news: a source is back."""


class Ended(Told, frozen=True, kw_only=True, tag="ended"):
    """The last line: the process ends on purpose."""


Telling = HealthChanged | Moved | Notice | Ended
MAX_LINE = 8_000_000
ask_decoder = msgspec.json.Decoder(Asked)
told_decoder = msgspec.json.Decoder(Telling)
_encode = msgspec.json.Encoder().encode


def line(message: Ask | Told) -> bytes:
    """`message` as one line, newline included."""
    return _encode(message) + b"\n"
