"""A node: one profile unlocked by one person, with every part of the domain built once."""

import logging
import platform
from dataclasses import dataclass
from pathlib import Path

from beffroi.access import Accounts, Audit, Keyring
from beffroi.attachments import Attachments
from beffroi.changes import ChangeFeed
from beffroi.clock import Clock, resumed
from beffroi.errors import BeffroiError
from beffroi.journal import Identity, Journal
from beffroi.logbook.duplicates import Duplicates
from beffroi.logbook.logbook import Logbook
from beffroi.logbook.personal import Personal
from beffroi.logbook.points import Points
from beffroi.logbook.search import Search
from beffroi.places import Places
from beffroi.profile import (
    ATTACHMENTS_FOLDER,
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
    ProfileInfo,
    copy_profile,
    read_info,
    sealed_info,
)
from beffroi.store import Settings, Store, StoreError
from beffroi.taxonomy import Taxonomy, of_profile

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
    personal: Personal
    search: Search
    points: Points
    duplicates: Duplicates
    places: Places
    attachments: Attachments
    taxonomy: Taxonomy
    taxonomy_problem: str = ""
    who: Identity

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
            self.store.close()


def open_node(
    folder: Path, account: str, secret: str, *, post: str = "", clock: Clock | None = None
) -> Node:
    """Unlock the profile in `folder` for `account` and write the login down.

    Raises:
        BeffroiError: no profile there, wrong secret, damaged store, post not allowed...
    """
    told = read_info(folder)
    keyring = Keyring(folder / KEYRING_FILE, clock or Clock())
    failures = keyring.failures(account)
    key = keyring.unlock(account, secret)
    store = Store(folder / STORE_FILE, key, must_exist=True)
    try:
        info = sealed_info(Settings(store), told)
        clock = clock or (resumed(_last_moment(store)) if info.replay else Clock())
        node = _built(folder, info, store, key, account, post, clock)
        _write_down_refusals(node, keyring)
        node.audit.record(node.who, "login", post=node.who.post, failures_before=failures)
        if info != told:
            node.audit.record(node.who, "profile.altered", INFO_FILE)
    except BaseException:
        store.close()
        raise
    return node


def _last_moment(store: Store) -> int:
    """When the last thing was written down, in the journal or in the trail (UTC ms)."""
    with store.read() as connection:
        row = connection.execute(
            "SELECT max((SELECT made_at FROM operation ORDER BY seq DESC LIMIT 1), "
            "(SELECT at FROM audit ORDER BY seq DESC LIMIT 1))"
        ).fetchone()
    return int(row[0] or Clock().now())


def _write_down_refusals(node: Node, keyring: Keyring) -> None:
    """The wrong tries since the last login, whoever made them: the trail was locked to them."""
    refusals = keyring.untold()
    for refusal in refusals:
        node.audit.record(
            _stranger(), "login.refused", refusal.account, count=refusal.count, last=refusal.at
        )
    if refusals:
        keyring.told()


def _stranger() -> Identity:
    """Whoever was at this station and did not get in."""
    return Identity(account="?", person="", post="", station=platform.node())


def _identified(accounts: Accounts, audit: Audit, account: str, post: str) -> Identity:
    """Who gets in with the right secret; an account that may not is written down as well."""
    try:
        return accounts.identity(account, post, platform.node())
    except BeffroiError:
        audit.record(_stranger(), "login.refused", account, post=post)
        raise


def _built(
    folder: Path, info: ProfileInfo, store: Store, key: bytes, account: str, post: str, clock: Clock
) -> Node:
    accounts = Accounts(store)
    audit = Audit(store, clock)
    who = _identified(accounts, audit, account, post)
    feed = ChangeFeed()
    taxonomy, problem = of_profile(folder)
    personal = Personal(store, who.account, clock)
    journal = Journal(store, feed, clock, info.workspace)
    return Node(
        folder=folder,
        info=info,
        store=store,
        feed=feed,
        clock=clock,
        journal=journal,
        audit=audit,
        accounts=accounts,
        settings=Settings(store),
        logbook=Logbook(store, journal, clock, info.journal),
        personal=personal,
        search=Search(store, personal, clock, taxonomy),
        points=Points(store, feed),
        duplicates=Duplicates(store, clock),
        places=Places(),
        attachments=Attachments(
            folder / ATTACHMENTS_FOLDER,
            key,
            store,
            clock,
            lambda who, action, obj, name: audit.record(who, action, obj, name=name),
        ),
        taxonomy=taxonomy,
        taxonomy_problem=problem,
        who=who,
    )
