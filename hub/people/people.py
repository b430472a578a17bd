"""Everyone a hub knows, in one place: who asks, what they may, and what changes for them."""

import logging
from typing import Protocol

from starlette.requests import Request

from beffroi.access.rights import in_force
from beffroi.access.slot import Cost
from beffroi.clock import Clock
from beffroi.sync import wire
from beffroi.text import _
from hub.db import Database
from hub.http.peer import PEER
from hub.http.trouble import Refused, signed_out
from hub.people import lookup, notices
from hub.people.accounts import Account, Accounts
from hub.people.attempts import Attempts
from hub.people.caller import Caller, told
from hub.people.devices import Device, Devices
from hub.people.grants import Grants
from hub.people.lookup import Shown
from hub.people.secrets import Hasher, digest
from hub.people.sessions import Sessions
from hub.people.workspaces import Workspaces
from hub.recurring import Recurring

_log = logging.getLogger(__name__)
KNOWN_MS = 2_000
"""For how long a hub believes what it read of a person; changes made here are heard at once."""
MAX_KNOWN = 5_000
TICK_S = 1.0
SLACK_MS = 120_000


class Fanout(Protocol):
    """The live streams, told of what changes for those who listen."""

    def rights_changed(self, account: str = "") -> None:
        """The rights of an account changed (all when empty)."""

    def end_session(self, session: str) -> None:
        """A session is over."""

    def revoke_device(self, device: str) -> None:
        """A station is out."""


class People:
    """Accounts, stations, sessions and workspaces over one database."""

    def __init__(self, database: Database, clock: Clock, *, cost: Cost | None = None) -> None:
        self._database = database
        self._clock = clock
        self.accounts = Accounts(database, clock, Hasher(cost))
        self.grants = Grants(database, clock)
        self.attempts = Attempts(database)
        self.devices = Devices(database, clock)
        self.sessions = Sessions(database, clock)
        self.workspaces = Workspaces(database, clock)
        self._known: dict[str, tuple[int, Caller]] = {}
        self._spaces: tuple[int, int, tuple[str, ...]] = (0, -1, ())
        self._fanout: Fanout | None = None
        self._watching = Recurring("hearing of rights", self.hear, TICK_S)
        self._heard = 0
        self._looked = 0

    async def caller(self, request: Request) -> Caller:
        """Whoever asks.

        Raises:
            Refused: 401 `session` without a living session here, 403 `device` or `revoked` when
                the station is not, or no longer, one of this hub's.
        """
        peer = str(request.scope.get(PEER, ""))
        scheme, _space, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > 200:
            raise signed_out()
        key = digest(f"{token} {peer}")
        now = self._clock.now()
        read_at, caller = self._known.get(key, (0, None))
        if caller is None or not 0 <= now - read_at < KNOWN_MS or now >= caller.expires:
            shown = await lookup.by_token(self._database, token)
            if shown is None or shown.device.fingerprint != peer or shown.device.revoked_at:
                await self.station(peer)
                raise signed_out()
            found = await self._caller(shown)
            if found is None:
                raise signed_out()
            caller = found
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[key] = (now, caller)
        return caller

    async def station(self, peer: str) -> Device:
        """The station whose certificate has the SHA-256 `peer`.

        Raises:
            Refused: 403 `device` when it never was one of this hub's, `revoked` when it is out.
        """
        device = await self.devices.of_certificate(peer) if peer else None
        if device is None:
            raise Refused(
                403,
                "device",
                _(
                    "Ce poste n’est pas enrôlé sur ce hub\u00a0: demandez un code à l’administrateur."
                ),
            )
        if device.revoked_at:
            raise Refused(
                403,
                "revoked",
                _("Ce poste a été révoqué\u00a0: adressez-vous à l’administrateur du hub."),
            )
        return device

    async def caller_of(self, session: str) -> Caller | None:
        """Whoever that session belongs to, with their rights of now; None once it ended."""
        shown = await lookup.by_session(self._database, session)
        if shown is None or shown.device.revoked_at:
            return None
        return await self._caller(shown)

    async def _caller(self, shown: Shown) -> Caller | None:
        """That person with their rights of now; None when their session is over or they are out."""
        now, account = self._clock.now(), shown.account
        if not shown.opened.lives(now) or account.locked_at:
            return None
        held = in_force(shown.grants, account.organisation, now)
        return Caller(
            account=account.name,
            display=account.display,
            organisation=account.organisation,
            posts=account.posts,
            device=shown.device.id,
            station=shown.device.station,
            session=shown.opened.id,
            expires=shown.opened.expires,
            rights=told(held, await self._codes()),
        )

    async def _codes(self) -> tuple[str, ...]:
        """The codes of the open workspaces, as they were read at most two seconds ago."""
        now, changes = self._clock.now(), self.workspaces.changes
        read_at, seen, codes = self._spaces
        if seen != changes or not 0 <= now - read_at < KNOWN_MS:
            codes = tuple(info.workspace for info in await self.workspaces.all())
            self._spaces = (now, changes, codes)
        return codes

    async def rights_of(
        self, account: Account | str, at: int | None = None
    ) -> tuple[wire.Rights, ...]:
        """What an account may do now, or might do at `at` (UTC ms), when an operation was made.

        A right that ended or was withdrawn since then still covers what was done before, offline.
        """
        if isinstance(account, str):
            found = await self.accounts.secret_of(account)
            if found is None:
                return ()
            account = found[0]
        now = self._clock.now()
        # Clocks of stations are not exact: an act just after the end still counts as before it.
        moment = now if at is None else min(at, now) - SLACK_MS
        if account.locked_at and account.locked_at <= moment:
            return ()
        if at is None:
            grants = [held.grant for held in await self.grants.all(account.name)]
            held = in_force(grants, account.organisation, now)
        else:
            grants = await self.grants.at(account.name, moment)
            held = tuple(
                {
                    *in_force(grants, account.organisation, moment),
                    *in_force(grants, account.organisation, min(at, now)),
                }
            )
        return told(held, await self._codes())

    async def start(self, fanout: Fanout) -> None:
        """Tell the live streams what changes for those who listen, until `stop`."""
        self._fanout = fanout
        async with self._database.read() as session:
            self._heard = await notices.last(session)
        self._looked = self._clock.now()
        await self._watching.start()

    async def stop(self) -> None:
        """Stop telling; stopping twice is harmless."""
        await self._watching.stop()

    async def hear(self) -> None:
        """Pass on what changed since the last time, here or elsewhere, or ended by itself."""
        now, since = self._clock.now(), self._looked
        async with self._database.read() as session:
            heard = await notices.after(session, self._heard)
            turned = await session.rows(
                "SELECT DISTINCT account FROM granted WHERE withdrawn_at = 0 AND ((not_after > 0 "
                "AND not_after + grace > ? AND not_after + grace <= ?) OR "
                "(not_before > ? AND not_before <= ?))",
                since, now, since, now,
            )  # fmt: skip
            over = await session.rows(
                "SELECT id FROM session WHERE ended_at = 0 AND expires > ? AND expires <= ?",
                since, now,
            )  # fmt: skip
        self._looked = now
        if heard or turned or over:
            self._known.clear()
            self._spaces = (0, -1, ())
        fanout = self._fanout
        if fanout is None:
            return
        if heard and heard[0].number > self._heard + 1:
            # The database was away for longer than notices are kept.
            fanout.rights_changed()
        for each in heard:
            self._heard = each.number
            _pass_on(fanout, each)
        for row in turned:
            fanout.rights_changed(str(row[0]))
        for row in over:
            fanout.end_session(str(row[0]))


def _pass_on(fanout: Fanout, heard: notices.Notice) -> None:
    match heard.what:
        case notices.RIGHTS:
            fanout.rights_changed("" if heard.subject == "*" else heard.subject)
        case notices.SESSION:
            fanout.end_session(heard.subject)
        case notices.DEVICE:
            fanout.revoke_device(heard.subject)
        case _:
            _log.warning("a notice of a later hub was left out")
