"""Makes the profile with which this station works in one of the hub's workspaces."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from beffroi.access.keyring import Cost, Keyring
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.journal.signing import Signer, new_seed
from beffroi.profile import KEYRING_FILE, HubLink, Joining, ProfileInfo, create_profile
from beffroi.sync import wire
from beffroi.sync.blocking import ask
from beffroi.sync.filling import Told, fill
from beffroi.sync.people import account_of
from beffroi.sync.routes import Hub
from beffroi.sync.skew import Skew
from beffroi.sync.station import AUTHORITY_FILE, Station
from beffroi.sync.upstream import write_upstream
from beffroi.text import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A session, and the workspaces that it opens."""

    session: wire.SessionReply
    offset_ms: int

    @property
    def workspaces(self) -> list[wire.WorkspaceInfo]:
        """What may be joined."""
        return self.session.workspaces


def workspaces(station: Station, account: str, secret: str) -> Offer:
    """Log in and see which workspaces there are.

    Raises:
        BeffroiError: wrong account or secret, no answer...
    """
    skew = Skew(Clock().now)
    session = ask(station, lambda hub: hub.log_in(account, secret), skew=skew)
    return Offer(session=session, offset_ms=skew.offset_ms)


def join(
    folder: Path,
    station: Station,
    offer: Offer,
    workspace: str,
    secret: str,
    *,
    cost: Cost | None = None,
    told: Told = lambda _done, _total: None,
) -> None:
    """Make in `folder` the profile of `workspace`; `open_joined` opens it, syncing fills it.

    Without network, it opens with `secret` (at least twelve characters).  When the workspace holds
    much, the hub's snapshot fills it at once; `told` hears how many bytes of how many have come.

    Raises:
        BeffroiError: no right to that workspace, the folder is not empty, no answer...
    """
    session = offer.session
    info = _offered(offer, workspace)
    seed = new_seed()
    public = Signer("", seed).public

    async def register(hub: Hub) -> None:
        await hub.register_key(workspace, public)

    ask(station, register, token=session.token)
    clock = Clock(offset_ms=offer.offset_ms)
    link = HubLink(
        url=station.url, authority=_authority(station), device=station.device,
        station_code=station.code, workspace=workspace, prefix=info.prefix,
        keep_days=session.keep_days, salvage_key=session.salvage_key, last_contact=clock.now(),
        latest=clock.now(), offset_ms=offer.offset_ms,
    )  # fmt: skip
    create_profile(
        folder,
        _profile(info),
        [(account_of(session, workspace), secret)],
        clock,
        cost=cost,
        joining=Joining(link=link, unlock=session.unlock, seed=seed),
    )
    write_upstream(folder, station)
    key = Keyring(folder / KEYRING_FILE, clock).unlock_hub(session.unlock)
    fill(folder, key, station, session.token, workspace, told)


def _offered(offer: Offer, workspace: str) -> wire.WorkspaceInfo:
    found = next((one for one in offer.workspaces if one.workspace == workspace), None)
    if found is None:
        raise BeffroiError(
            _("L’espace de travail «\u202f{name}\u202f» ne vous est pas ouvert\u00a0: choisissez-en un autre.")
            .format(name=workspace)
        )  # fmt: skip
    return found


def _profile(info: wire.WorkspaceInfo) -> ProfileInfo:
    told = {
        name: getattr(info, name)
        for name in ("title", "workspace", "mode", "zone", "marking", "journal")
    }
    try:
        return msgspec.convert(told, ProfileInfo)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(
            _(
                "Cette version de Beffroi ne connaît pas cet espace de travail\u00a0: mettez-la à jour."
            )
        ) from error


def _authority(station: Station) -> str:
    try:
        return (station.folder / AUTHORITY_FILE).read_text("ascii")
    except (OSError, ValueError) as error:
        raise BeffroiError(
            _("L’enrôlement de ce poste est abîmé\u00a0: enrôlez-le à nouveau.")
        ) from error
