"""Keeps one profile and its hub together: gets in, catches up, follows, and begins again after a cut."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable

import httpx

from beffroi.store import StoreError
from beffroi.sync import wire
from beffroi.sync.backoff import Backoff
from beffroi.sync.cache import Cache
from beffroi.sync.carrying import Carrier
from beffroi.sync.company import Company
from beffroi.sync.following import STORE, TRY_AGAIN_S, Follower
from beffroi.sync.lane import Lane
from beffroi.sync.observing import Observer
from beffroi.sync.people import rights_in
from beffroi.sync.pulling import Puller
from beffroi.sync.pushing import Pusher
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.session import Door
from beffroi.sync.status import Asked, Fetch, Granted, HaveSeen, LogIn, Looking, Poke, Start, Stop
from beffroi.sync.together import set_within, together
from beffroi.sync.trailing import Trailer
from beffroi.sync.trouble import HubRefused, HubUnreachable, Revoked, SessionOver, WrongLogin
from beffroi.sync.wiping import Wiper, wipe_if_marked
from beffroi.text import _

REFUSED_AGAIN_S = 60.0
IMPATIENT_S = 1.0
RIGHTS_EVERY_S = 300.0
CONTACT_EVERY_S = 60.0
TALLY_EVERY_S = 2.0


class Engine:
    """One person's link between a profile and its hub.

    It closes `hub` when it ends.  `ask` may be called at any time from the loop in which `run`
    runs.
    """

    def __init__(self, cache: Cache, lane: Lane, report: Reporter, hub: Hub, start: Start) -> None:
        self._cache = cache
        self._lane = lane
        self._report = report
        self._hub = hub
        self._door = Door(start, self._hub.skew.now)
        me = wire.Presence(
            account=start.account, person=start.person or start.account, post=start.post,
            station=start.station,
        )  # fmt: skip
        self._company = Company(cache, lane, report, me)
        self._pusher = Pusher(self._hub, cache, lane, report)
        self._puller = Puller(self._hub, cache, lane, report)
        self._carrier = Carrier(self._hub, cache, lane, report)
        self._trailer = Trailer(self._hub, cache, lane)
        self._wiper = Wiper(cache.store)
        self._observer = Observer(self._hub, cache, lane, report, bytes.fromhex(start.key))
        self._backoff = Backoff()
        self._hurry = asyncio.Event()
        self._known = asyncio.Event()
        self._written = asyncio.Event()

    def ask(self, ask: Asked) -> None:
        """Do what the desktop asks; `Start` and `Stop` are its caller's."""
        match ask:
            case Poke():
                self._written.set()
                self._pusher.wake.set()
                self._hurry.set()
            case LogIn():
                self._door.use(ask)
                self._known.set()
                self._hurry.set()
            case Looking():
                self._company.look(ask)
            case HaveSeen():
                self._company.have_seen(ask)
            case Fetch():
                self._carrier.fetch_first(ask.sha256)
            case Start() | Stop():
                pass

    async def run(self) -> None:
        """Stay together for ever.

        Raises:
            Revoked: this device is out; the cache must go.
        """
        try:
            await together(self._again_and_again(), self._tally(), self._wiper.run())
        finally:
            await self._hub.close()

    async def _again_and_again(self) -> None:
        while True:
            await self._until_cut()

    async def _tally(self) -> None:
        """Count what waits, linked or not: one sees the number grow while the cable is out."""
        while True:
            self._written.clear()
            self._report.counts(*await self._lane.run(self._cache.counts))
            self._report.flush()
            await set_within(self._written, TALLY_EVERY_S)

    async def once(self) -> None:
        """Exchange everything that there is to exchange, once.

        Raises:
            HubUnreachable: the link broke; nothing is lost.
            HubRefused: the hub does not let the person in, or the device is out (`Revoked`).
        """
        try:
            await self._enter()
            self._report.state("catching_up")
            await self._pusher.empty()
            await self._puller.catch_up()
            await self._trailer.all()
            await self._carrier.all()
            self._report.state("online")
        finally:
            await self._hub.close()
            with contextlib.suppress(StoreError):  # it stays marked for the next time
                await self._lane.run(wipe_if_marked, self._cache.store)

    async def _until_cut(self) -> None:
        began = time.monotonic()
        try:
            await self._connected()
        except HubUnreachable as cut:
            self._backoff.went_well(time.monotonic() - began)
            await self._offline(str(cut), cut.wait_s)
        except SessionOver as over:
            self._door.shut()
            if self._door.may_open:
                await asyncio.sleep(self._backoff.next())
            else:
                await self._refused(over, self._known_within(0))
        except WrongLogin as wrong:
            # Trying a wrong secret again would lock the account: only another login can help.
            await self._refused(wrong, self._known_within(wrong.wait_s))
        except StoreError as full:
            # Nothing of what could not be written was acknowledged: it comes again.
            self._report.hindered(STORE, str(full))
            await asyncio.sleep(TRY_AGAIN_S)
        except Revoked:
            self._report.state("revoked")
            raise
        except HubRefused as no:
            # What one may no longer see is not there: ask at once what is left of the rights.
            gone = no.status == httpx.codes.NOT_FOUND
            wait_s = self._backoff.next(0.0 if gone else REFUSED_AGAIN_S)
            await self._refused(no, set_within(self._known, wait_s))

    async def _offline(self, sentence: str, wait_s: float) -> None:
        self._company.alone()
        self._report.state("offline", sentence)
        self._hurry.clear()
        await asyncio.sleep(self._backoff.next(wait_s) if wait_s else IMPATIENT_S)
        if not wait_s:
            await set_within(self._hurry, self._backoff.next())

    async def _known_within(self, seconds: float) -> None:
        """Wait for another login; no longer than `seconds` when waiting alone may help."""
        if seconds:
            await set_within(self._known, self._backoff.next(seconds))
        else:
            await self._known.wait()

    async def _refused(self, no: HubRefused, until: Awaitable[object]) -> None:
        self._company.alone()
        self._report.state("refused", str(no))
        self._known.clear()
        await until

    async def _connected(self) -> None:
        """From getting in to the cut, which ends all that goes on at once."""
        await self._enter()
        self._report.state("catching_up")
        follower = Follower(self._hub, self._puller, self._lane, self._report, self._aside)
        self._follower = follower
        await together(
            follower.run(self._cache.workspace),
            self._pusher.run(),
            self._company.run(self._hub),
            self._carrier.run(),
            self._trailer.run(),
            self._observer.run(),
            self._stay_known(),
            self._say_online(follower),
        )

    async def _enter(self) -> None:
        """Get in; a workspace to which the right has ended leaves this profile."""
        session = await self._door.enter(self._hub)
        self._cache.clock.offset_ms = self._hub.skew.offset_ms
        mine = rights_in(session.rights, self._cache.workspace)
        self._report.tell(
            Granted(
                rights=mine, display=session.display, posts=session.posts, token=session.token,
                expires=session.expires,
            )
        )  # fmt: skip
        await self._lane.run(self._cache.remember, session, self._hub.skew.offset_ms)
        await self._lane.run(self._cache.heed_restoration, self._hub.restored)
        if not mine:
            await self._puller.forget_all()
            raise HubRefused(
                _(
                    "Vous n’avez plus accès à cet espace de travail\u00a0: "
                    "adressez-vous à l’administrateur."
                ),
                "rights",
            )

    async def _stay_known(self) -> None:
        """Remember the contact, ask again for the rights now and then."""
        while True:
            asked = time.monotonic()
            while time.monotonic() - asked < RIGHTS_EVERY_S:
                await asyncio.sleep(CONTACT_EVERY_S)
                await self._lane.run(self._cache.heard_from_hub, self._hub.skew.offset_ms)
            await self._enter()
            self._follower.look_again()

    async def _aside(self, event: wire.Event) -> None:
        """What the live stream says besides records."""
        if event.rights:
            await self._enter()
        if event.records:
            self._carrier.wake()
        if event.observed:
            self._observer.wake.set()
        await self._company.hear(event)

    async def _say_online(self, follower: Follower) -> None:
        await follower.listening.wait()
        await follower.caught_up.wait()
        await self._pusher.idle.wait()
        self._report.progress(0, 0)
        self._report.state("online")
        self._carrier.wake()
