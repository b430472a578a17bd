"""Lets a person in: their station, their secret, their session; every try is written down."""

from dataclasses import dataclass

from starlette.requests import Request

from beffroi.logbook.content import clean
from beffroi.sync import wire
from beffroi.text import _, ngettext
from hub.entrance.door import Door, address
from hub.http.peer import PEER
from hub.http.trouble import Refused
from hub.people import Account, Device
from hub.people.attempts import FREE_TRIES, Place, station
from hub.people.sessions import Opened
from hub.trail import Actor
from hub.trail.line import storable

MAX_NAME, MAX_VERSION = 200, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """A person at a station, on the way in."""

    account: str
    device: Device
    address: str
    version: str = ""

    @property
    def actor(self) -> Actor:
        """As the trail names them."""
        return Actor(account=self.account, station=self.device.station, device=self.device.id)

    @property
    def place(self) -> Place:
        """Where their tries count: an address may be that of a whole centre."""
        return station(self.device.id)


async def enter(door: Door, request: Request, login: wire.Login) -> wire.SessionReply:
    """Open a session for whoever knows the account's secret.

    Raises:
        Refused: 403 `device` or `revoked`, 429 `blocked` after too many tries, 401 `secret`.
    """
    device = await door.people.station(str(request.scope.get(PEER, "")))
    entrance = Entrance(
        account=storable(login.account.strip())[:MAX_NAME],
        device=device,
        address=address(request),
        version=clean(login.version)[:MAX_VERSION],
    )
    async with door.people.attempts.turn(entrance.place):
        await _refuse_if_blocked(door, entrance)
        account = await _known(door, entrance, login.secret)
        if account is None:
            raise await _failed(door, entrance)
        await door.people.attempts.succeeded(account.name, entrance.place)
    return await open_session(door, entrance, account, "secret")


async def open_session(
    door: Door, entrance: Entrance, account: Account, how: str
) -> wire.SessionReply:
    """A session for someone who has proved who they are.

    Raises:
        Refused: 403 `locked`.
    """
    if account.locked_at:
        await door.trail.record(entrance.actor, "session.locked", account.name)
        raise Refused(
            403,
            "locked",
            _("Ce compte est verrouillé\u00a0: adressez-vous à l’administrateur du hub."),
        )
    token, opened = await door.people.sessions.open(
        account.name,
        entrance.device.id,
        address=entrance.address,
        version=entrance.version,
        how=how,
    )
    await door.people.devices.seen(entrance.device.id, entrance.version)
    await door.trail.record(
        entrance.actor, "session.opened", opened.id, address=entrance.address, how=how
    )
    return await described(door, account, entrance.device, opened, token)


async def described(
    door: Door, account: Account, device: Device, opened: Opened, token: str
) -> wire.SessionReply:
    """What a desktop needs to know of a session that is open."""
    rights = await door.people.rights_of(account)
    granted = {right.workspace for right in rights}
    return wire.SessionReply(
        token=token,
        expires=opened.expires,
        account=account.name,
        display=account.display,
        organisation=account.organisation,
        posts=list(account.posts),
        rights=list(rights),
        workspaces=[w for w in await door.people.workspaces.all() if w.workspace in granted],
        unlock=door.keys.derived("cache", f"{device.id} {device.salt}").hex(),
        keep_days=door.settings.keep_days,
        salvage_key=door.keys.salvage_public,
    )


async def _known(door: Door, entrance: Entrance, secret: str) -> Account | None:
    found = await door.people.accounts.secret_of(entrance.account)
    kept = found[1] if found else ""
    # An unknown account takes as long as a wrong secret.
    matches = await door.people.accounts.matches(secret, kept)
    return found[0] if found and matches else None


async def _refuse_if_blocked(door: Door, entrance: Entrance) -> None:
    wait = await door.people.attempts.wait_s(entrance.account, entrance.place, door.clock.now())
    if wait:
        # Counted within the minute: whoever goes on trying must not fill the trail.
        who = await _who(door, entrance)
        door.trail.note(who, "session.blocked", "", address=entrance.address)
        raise _blocked(wait)


async def _failed(door: Door, entrance: Entrance) -> Refused:
    failures = await door.people.attempts.failed(entrance.account, entrance.place, door.clock.now())
    who = await _who(door, entrance)
    await door.trail.record(who, "session.refused", "", address=entrance.address, failures=failures)
    if failures >= FREE_TRIES:
        wait = await door.people.attempts.wait_s(entrance.account, entrance.place, door.clock.now())
        return _blocked(max(1, wait))
    return Refused(
        401, "secret", _("Compte ou mot de passe inconnu de ce hub\u00a0: vérifiez-les.")
    )


async def _who(door: Door, entrance: Entrance) -> Actor:
    """Who tried: a name that is no account may be a secret typed in the wrong place, and is not kept."""
    if await door.people.accounts.secret_of(entrance.account):
        return entrance.actor
    return Actor(account="?", station=entrance.device.station, device=entrance.device.id)


def _blocked(wait: int) -> Refused:
    return Refused(
        429,
        "blocked",
        ngettext(
            "Trop d’essais\u00a0: recommencez dans {n} seconde.",
            "Trop d’essais\u00a0: recommencez dans {n} secondes.",
            wait,
        ).format(n=wait),
        wait,
    )
