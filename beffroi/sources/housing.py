"""Sets a collector up over a profile's files, and takes it down whatever happens."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from beffroi.attachments.vault import Vault
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.sheet import of_kind, uids_of_kind
from beffroi.observations import Observations
from beffroi.plugin import Door
from beffroi.plugin.allowed import Allowed
from beffroi.sources.collector import Collector, Tell
from beffroi.sources.definition import LOCAL, Source, source_of
from beffroi.sources.guard import Guard
from beffroi.sources.intake import Intake
from beffroi.sources.means import Means
from beffroi.sources.orders import Moved, Notice, Start
from beffroi.sources.settings import allow_list, proxy_of, secret_of
from beffroi.store import Settings, Store
from beffroi.text import _

_log = logging.getLogger(__name__)


async def at_work(start: Start, tell: Tell, drive: Callable[["House"], Awaitable[None]]) -> None:
    """Let `drive` run a collector over the profile of `start`.

    Raises:
        BeffroiError: the profile cannot be opened.
    """
    lane = ThreadPoolExecutor(1, "profile")
    loop = asyncio.get_running_loop()
    try:
        house = await loop.run_in_executor(lane, House, start, tell)
        try:
            if start.store:
                await loop.run_in_executor(lane, house.forget_others)
            await drive(house)
        finally:
            await loop.run_in_executor(lane, house.close)
    finally:
        lane.shutdown(wait=True)


class House:
    """Everything that one collector holds open.  At a hub, `given` are its sources."""

    def __init__(self, start: Start, tell: Tell) -> None:
        key = bytes.fromhex(start.key)
        self.given: list[Source] = []
        self._tell = tell
        self._said = set[Notice]()
        self._shelf = ProfileShelf(start) if start.store else None
        try:
            self._observations = Observations(Path(start.observations), key)
            allow = self._shelf.allow() if self._shelf else start.allow
            proxy = self._shelf.proxy() if self._shelf else start.proxy
            door = Door(Allowed(allow), files=start.files, proxy=proxy)
        except BaseException:
            if self._shelf:
                self._shelf.close()
            raise
        self._guard = Guard()
        self.collector = Collector(self._observations, tell, self.sources, self._observations.fed)
        self.means = Means(
            Intake(self._observations, self._guard, start.zone), self.collector, door,
            clock=Clock(offset_ms=start.ahead_ms),
            secret=self._shelf.secret if self._shelf else lambda _one: "",
            kept=self._shelf.vault.get if self._shelf else None,
        )  # fmt: skip

    def forget_others(self) -> None:
        """Let go of what sources told that are no more: their sheets left while nobody followed them."""
        known = self._shelf.known() if self._shelf else {source.uid for source in self.given}
        for uid in self._observations.forget_all_but(known):
            self._tell(Moved(source=uid, seq=0))

    def sources(self) -> Iterator[Source]:
        """All sources to be followed; bad ones are told."""
        if self._shelf is None:
            yield from self.given
            return
        for uid, fields in self._shelf.sheets():
            try:
                yield self._shelf.readable(source_of(uid, fields))
            except BeffroiError as error:
                self._tell_once(Notice(source=uid, sentence=str(error)))

    def _tell_once(self, notice: Notice) -> None:
        if notice not in self._said:
            self._said.add(notice)
            self._tell(notice)

    def close(self) -> None:
        """Let everything go."""
        self._guard.close()
        self.means.close()
        self._observations.close()
        if self._shelf:
            self._shelf.close()


class ProfileShelf:
    """What a profile's own store tells of its sources."""

    def __init__(self, start: Start) -> None:
        self._account = start.account
        self._store = Store(Path(start.store), bytes.fromhex(start.key), must_exist=True)
        self._settings = Settings(self._store)
        self.vault = Vault(Path(start.attachments), bytes.fromhex(start.key))

    def sheets(self) -> list[tuple[str, dict[str, Any]]]:
        """The shared sources, and the account's own.

        A file or folder of a machine is its owner's alone: a shared sheet may be changed by others,
        who must not choose what is read here.
        """
        with self._store.read() as connection:
            found = of_kind(connection, self._account, "source")
        return [
            (sheet.uid, sheet.fields)
            for sheet in found
            if not sheet.shared or sheet.fields.get("transport") not in LOCAL
        ]

    def known(self) -> set[str]:
        """The uids of all sources of the profile, those of its other accounts too."""
        with self._store.read() as connection:
            return uids_of_kind(connection, "source")

    def allow(self) -> list[str]:
        """The private machines that sources may reach."""
        return allow_list(self._settings)

    def proxy(self) -> str:
        """The way out to the web."""
        return proxy_of(self._settings)

    def readable(self, source: Source) -> Source:
        """The source, when this station holds what it takes.

        Raises:
            BeffroiError: the source asks for a key that was not given here, or for another machine.
        """
        if source.secret and not self.secret(source):
            raise BeffroiError(
                _(
                    "La source «\u202f{title}\u202f» demande une clé que ce poste n’a pas\u00a0: "
                    "saisissez-la dans sa fiche pour la lire d’ici."
                ).format(title=source.title[:80])
            )
        return source

    def secret(self, source: Source) -> str:
        """The secret of a source."""
        return secret_of(self._settings, source)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()
