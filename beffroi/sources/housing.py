"""Sets a collector up over a profile's files, and takes it down whatever happens."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from beffroi.attachments.vault import Vault
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.sheet import of_kind
from beffroi.observations import Observations
from beffroi.plugin import Door
from beffroi.plugin.allowed import Allowed
from beffroi.sources.collector import Collector, Tell
from beffroi.sources.definition import Source, source_of
from beffroi.sources.guard import Guard
from beffroi.sources.intake import Intake
from beffroi.sources.means import Means
from beffroi.sources.orders import Notice, Start
from beffroi.sources.settings import allow_list, secret_of
from beffroi.store import Settings, Store

_log = logging.getLogger(__name__)


async def at_work(
    start: Start, tell: Tell, drive: Callable[[Collector, Means], Awaitable[None]]
) -> None:
    """Let `drive` run a collector over the profile of `start`.

    Raises:
        BeffroiError: the profile cannot be opened.
    """
    lane = ThreadPoolExecutor(1, "profile")
    loop = asyncio.get_running_loop()
    try:
        house = await loop.run_in_executor(lane, House, start, tell)
        try:
            await drive(house.collector, house.means)
        finally:
            await loop.run_in_executor(lane, house.close)
    finally:
        lane.shutdown(wait=True)


class House:
    """Everything that one collector holds open."""

    def __init__(self, start: Start, tell: Tell) -> None:
        self._account, self._tell = start.account, tell
        self._store = Store(Path(start.store), bytes.fromhex(start.key), must_exist=True)
        self._settings = Settings(self._store)
        self._vault = Vault(Path(start.attachments), bytes.fromhex(start.key))
        try:
            self._observations = Observations(Path(start.observations), bytes.fromhex(start.key))
            door = Door(Allowed(allow_list(self._settings)), files=start.files)
        except BaseException:
            self._store.close()
            raise
        self._guard = Guard()
        self.collector = Collector(self._observations, tell, self.sources)
        self.means = Means(
            Intake(self._observations, self._guard, start.zone), self.collector, door,
            clock=Clock(), secret=lambda one: secret_of(self._settings, one.uid, one.secret),
            kept=self._vault.get,
        )  # fmt: skip

    def sources(self) -> Iterator[Source]:
        """The sources of the profile: shared ones, and the account's own; bad ones are told."""
        with self._store.read() as connection:
            sheets = of_kind(connection, self._account, "source")
        for sheet in sheets:
            try:
                yield source_of(sheet.uid, sheet.fields)
            except BeffroiError as error:
                self._tell(Notice(source=sheet.uid, sentence=str(error)))

    def close(self) -> None:
        """Let everything go."""
        self._guard.close()
        self.means.close()
        self._observations.close()
        self._store.close()
