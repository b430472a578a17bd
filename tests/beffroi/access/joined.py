"""A profile that follows a hub, made without one: what the hub would have said is written here."""

from base64 import b64encode
from pathlib import Path

from nacl.public import PrivateKey

from beffroi.access import Account
from beffroi.profile import HubLink, Joining, ProfileInfo, create_profile
from tests.conftest import CHEAP, SECRET, START, HeldClock

UNLOCK = "5f" * 32
SEED = bytes(range(32))
HUB_KEY = PrivateKey(bytes(range(32, 64)))
MARCHAND = Account(
    name="c.marchand", display="Claire Marchand", organisation="CNCS", posts=("Chef de salle",),
    role="contributor",
)  # fmt: skip


def link(**told: object) -> HubLink:
    """The tie of station S4, in contact at START."""
    values = {
        "url": "https://hub.example:8443", "device": "d-1", "station_code": "S4",
        "workspace": "jop-2024", "prefix": "MC-2024", "last_contact": START,
        "salvage_key": b64encode(bytes(HUB_KEY.public_key)).decode(),
    }  # fmt: skip
    return HubLink(**{**values, **told})  # type: ignore[arg-type]


def make(folder: Path, tie: HubLink | None = None) -> Path:
    """A joined profile in `folder`, opened by SECRET."""
    create_profile(
        folder,
        ProfileInfo(title="JOP Paris 2024", workspace="jop-2024"),
        [(MARCHAND, SECRET)],
        HeldClock(),
        cost=CHEAP,
        joining=Joining(link=tie or link(), unlock=UNLOCK, seed=SEED),
    )
    return folder
