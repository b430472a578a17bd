"""Keeps how far the clocks of stations are from the hub's, and traces those that go astray.

What a replica hears of a station is kept in the database: every replica's page shows it.
"""

import logging

from hub.health.contacts import Contacts
from hub.people import Device, Devices
from hub.recurring import Recurring
from hub.trail import HUB, Actor, Trail

SKEWED_MS = 2_000
"""A difference of clocks beyond that is told (domain dossier, 5.C)."""
LOOK_EVERY_S = 15.0
_SAME_MS = 250
_log = logging.getLogger(__name__)


def is_skewed(skew_ms: int) -> bool:
    """Whether a clock that far from the hub's must be set right."""
    return abs(skew_ms) > SKEWED_MS


class Clocks:
    """Looks now and then at what this replica heard."""

    def __init__(self, contacts: Contacts, devices: Devices, trail: Trail) -> None:
        self._contacts = contacts
        self._devices = devices
        self._trail = trail
        self._told: dict[str, int] = {}
        self._looking = Recurring("keeping clocks", self.look, LOOK_EVERY_S, wait_s=LOOK_EVERY_S)

    async def start(self) -> None:
        """Look every quarter of a minute, until `stop`."""
        await self._looking.start()

    async def stop(self) -> None:
        """Look no more; stopping twice is harmless."""
        await self._looking.stop()

    async def look(self) -> None:
        """Keep each difference that changed; write down who went astray, and who came back."""
        for peer, skew in self._contacts.skews().items():
            told = self._told.get(peer)
            if told is not None and abs(skew - told) < _SAME_MS:
                continue
            device = await self._devices.of_certificate(peer)
            if device is not None:
                await self._keep(device, skew)
            self._told[peer] = skew

    async def _keep(self, device: Device, skew: int) -> None:
        await self._devices.skewed(device.id, skew)
        if is_skewed(skew) == is_skewed(device.skew_ms):
            return
        who = Actor(account=HUB.account, station=device.station, device=device.id)
        act = "station.skewed" if is_skewed(skew) else "station.on_time"
        await self._trail.record(who, act, device.code, skew_ms=skew)
