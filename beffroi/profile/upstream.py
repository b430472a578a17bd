"""What ties a profile to a hub: who it is there, under which key it signs, how long it may live alone.

It lies sealed in the encrypted store.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from beffroi.access import Keyring
from beffroi.clock import Clock
from beffroi.journal import Signer
from beffroi.profile.info import KEYRING_FILE
from beffroi.store import Settings

DAY_MS = 86_400_000
BACKWARDS_MS = 3_600_000
"""A clock that stands further behind what this profile has seen was set back."""
_LINK = "hub"
_SEED = "hub/seed"


class HubLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A profile's tie to its hub.

    `authority` is the hub's certificate authority (PEM); `device` and `station_code` name this
    station there; `prefix` is how definitive numbers begin.  Without contact for `keep_days` since
    `last_contact` the profile is erased; what it had not sent is sealed for `salvage_key` (base64
    X25519).  Times are UTC ms; `latest` is the latest that this profile has seen, `offset_ms` what
    the hub's clock had over this station's.
    """

    url: str = ""
    authority: str = ""
    device: str
    station_code: str
    workspace: str
    prefix: str = ""
    keep_days: int = 30
    salvage_key: str = ""
    last_contact: int = 0
    latest: int = 0
    offset_ms: int = 0


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """The hub answered at `at` (its clock, UTC ms), and said for how long a cache may live alone.

    None leaves what was known.
    """

    at: int
    offset_ms: int | None = None
    keep_days: int | None = None
    salvage_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What a new profile needs to follow a hub.

    `unlock` (hex) is the hub's own way in, `seed` the private key with which this station signs in
    this workspace alone (32 bytes).
    """

    link: HubLink
    unlock: str
    seed: bytes


def is_joined(folder: Path) -> bool:
    """Whether the profile in `folder` follows a hub."""
    return Keyring(folder / KEYRING_FILE, Clock()).is_joined()


def hub_link(settings: Settings) -> HubLink | None:
    """The tie to the hub, None when the profile stands alone."""
    known = settings.get(_LINK)
    return None if known is None else msgspec.convert(known, HubLink)


def put_hub_link(settings: Settings, link: HubLink) -> None:
    """Keep the tie to the hub."""
    settings.put(_LINK, msgspec.to_builtins(link))


def join(settings: Settings, joining: Joining) -> None:
    """Keep the tie of a new profile, and the key with which it signs."""
    put_hub_link(settings, joining.link)
    settings.put(_SEED, joining.seed.hex())


def signer(settings: Settings, link: HubLink) -> Signer:
    """The key with which this station signs in this workspace."""
    return Signer(link.device, bytes.fromhex(settings.get(_SEED)))


def met(link: HubLink, contact: Contact) -> HubLink:
    """The tie after a contact: the days without one count anew."""
    told = {
        name: value
        for name in ("offset_ms", "keep_days", "salvage_key")
        if (value := getattr(contact, name)) is not None
    }
    return msgspec.structs.replace(link, last_contact=contact.at, latest=contact.at, **told)


def alone(link: HubLink, now: int, seen: int) -> HubLink:
    """The tie at an opening without the hub.  `seen` is the last moment in its trail.

    A clock that was set back gains no time: each such opening counts for a day.
    """
    known = max(link.latest, link.last_contact, seen)
    return msgspec.structs.replace(
        link, latest=known + DAY_MS if now < known - BACKWARDS_MS else max(known, now)
    )


def outlived(link: HubLink) -> bool:
    """Whether the profile was longer without contact than it may."""
    return link.latest - link.last_contact > link.keep_days * DAY_MS
