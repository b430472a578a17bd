"""A node: one profile unlocked by one person, with every part of the domain built once."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.access import Accounts, Audit, Keyring
from beffroi.attachments import Attachments
from beffroi.changes import ChangeFeed
from beffroi.clock import Clock
from beffroi.journal import Identity, Journal
from beffroi.logbook.duplicates import Duplicates
from beffroi.logbook.logbook import Logbook
from beffroi.logbook.personal import Personal
from beffroi.logbook.points import Points
from beffroi.logbook.search import Search
from beffroi.logbook.sheets import Sheets
from beffroi.node.observed import Observed
from beffroi.places import Places
from beffroi.profile import (
    KEYRING_FILE,
    Contact,
    HubLink,
    ProfileInfo,
    copy_profile,
    hub_link,
    put_hub_link,
)
from beffroi.profile.upstream import met
from beffroi.store import Settings, Store, StoreError
from beffroi.taxonomy import Taxonomy

if TYPE_CHECKING:
    from beffroi.observations import Observations

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Node:
    """What the desktop, the command line and tests work with."""

    folder: Path
    info: ProfileInfo
    store: Store
    feed: ChangeFeed
    clock: Clock
    journal: Journal
    audit: Audit
    accounts: Accounts
    settings: Settings
    logbook: Logbook
    sheets: Sheets
    observed: Observed
    personal: Personal
    search: Search
    points: Points
    duplicates: Duplicates
    places: Places
    attachments: Attachments
    taxonomy: Taxonomy
    taxonomy_problem: str = ""
    who: Identity

    @property
    def hub(self) -> HubLink | None:
        """What ties this profile to a hub, None when it stands alone."""
        return hub_link(self.settings)

    @property
    def observations(self) -> "Observations":
        """What machines observe, as the sources last told it; opened when first asked for."""
        return self.observed.get()

    def met_hub(self, contact: Contact) -> None:
        """Take note that the hub answered: its clock, and for how long the cache may live alone."""
        if contact.offset_ms is not None:
            self.clock.offset_ms = contact.offset_ms
        with self.store.write():
            if link := hub_link(self.settings):
                put_hub_link(self.settings, met(link, contact))

    def take_post(self, post: str) -> None:
        """Hold another of the account's posts from now on.

        Raises:
            BeffroiError: the account may not hold it.
        """
        self.who = self.accounts.identity(self.who.account, post, self.who.station)
        self.audit.record(self.who, "post.taken", post)

    def change_secret(self, old: str, new: str) -> None:
        """Open with `new` instead of `old` from now on.

        Raises:
            BeffroiError: `old` is wrong, or `new` is too short.
        """
        Keyring(self.folder / KEYRING_FILE, self.clock).change_secret(self.who.account, old, new)
        self.audit.record(self.who, "secret.changed", self.who.account)

    def back_up(self, to: Path) -> None:
        """Copy the whole profile, encrypted as it is, into the empty folder `to`.

        Raises:
            BeffroiError: `to` is not empty, or there is no room or no right to write.
        """
        self.audit.record(self.who, "backup", to.name)
        copy_profile(self.folder, self.store, to)

    def close(self) -> None:
        """Write down that the person leaves, and let go of the files."""
        if self.store.closed:
            return
        try:
            self.audit.flush()
            self.audit.record(self.who, "logout")
        except StoreError as error:
            _log.warning("the trail misses a logout: %s", error)
        finally:
            self.observed.close()
            self.store.close()
