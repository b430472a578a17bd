"""Opens a profile: with a secret alone, or with the key that the hub let someone have."""

import platform
from pathlib import Path

from beffroi.access import Account, Accounts, Audit, Keyring
from beffroi.clock import Clock, resumed
from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.node.building import build
from beffroi.node.node import Node
from beffroi.profile import (
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
    Contact,
    HubLink,
    erase_profile,
    hub_link,
    put_hub_link,
    read_info,
    sealed_info,
)
from beffroi.profile.erasing import being_erased
from beffroi.profile.upstream import alone, met, outlived
from beffroi.store import Settings, Store


def open_node(
    folder: Path, account: str, secret: str, *, post: str = "", clock: Clock | None = None
) -> Node:
    """Unlock the profile in `folder` for `account` and write the login down.

    Raises:
        BeffroiError: no profile there, wrong secret, damaged store, post not allowed...
        Erased: the profile was longer without its hub than it may, and is gone.
    """
    read_info(folder)
    keyring = Keyring(folder / KEYRING_FILE, clock or Clock())
    failures = keyring.failures(account)
    key = keyring.unlock(account, secret)
    return open_unlocked(folder, key, account, post=post, clock=clock, failures=failures)


def open_unlocked(
    folder: Path,
    key: bytes,
    account: str,
    *,
    post: str = "",
    clock: Clock | None = None,
    contact: Contact | None = None,
    known_as: Account | None = None,
    failures: int = 0,
) -> Node:
    """Open the profile in `folder` with its `key` for `account` and write the login down.

    `contact` says that the hub let them in just now, `known_as` how it knows them; without it the
    profile opens as the hub last said, if it may still live alone.

    Raises:
        BeffroiError: no profile there, damaged store, post not allowed...
        Erased: the profile was longer without its hub than it may, and is gone.
    """
    told = read_info(folder)
    keyring = Keyring(folder / KEYRING_FILE, clock or Clock())
    store = Store(folder / STORE_FILE, key, must_exist=True)
    try:
        info = sealed_info(Settings(store), told)
        clock = clock or (resumed(_last_moment(store)) if info.replay else Clock())
        link = _tie(folder, store, key, clock, contact)
        if known_as is not None:
            Accounts(store).put(known_as)
        who = _identified(store, clock, account, post)
        node = build(folder, info, store, key, who, clock, link)
        _write_down_refusals(node, keyring)
        node.audit.record(node.who, "login", post=node.who.post, failures_before=failures)
        if info != told:
            node.audit.record(node.who, "profile.altered", INFO_FILE)
    except BaseException:
        store.close()
        raise
    return node


def _tie(
    folder: Path, store: Store, key: bytes, clock: Clock, contact: Contact | None
) -> HubLink | None:
    """The tie to the hub, brought up to date; erases a profile that may not live any longer."""
    settings = Settings(store)
    link = hub_link(settings)
    if why := being_erased(store):
        raise erase_profile(folder, store, key, why, clock)
    if link is None:
        return None
    clock.offset_ms = link.offset_ms
    if contact is None:
        link = alone(link, clock.now(), _last_in_trail(store))
    else:
        link = met(link, contact)
        clock.offset_ms = link.offset_ms
    if outlived(link):
        raise erase_profile(folder, store, key, "expired", clock)
    put_hub_link(settings, link)
    return link


def _last_in_trail(store: Store) -> int:
    """When this station last wrote in its trail (UTC ms): what others wrote has their times."""
    with store.read() as connection:
        row = connection.execute("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0


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


def _identified(store: Store, clock: Clock, account: str, post: str) -> Identity:
    """Who gets in with the right secret; an account that may not is written down as well."""
    try:
        return Accounts(store).identity(account, post, platform.node())
    except BeffroiError:
        Audit(store, clock).record(_stranger(), "login.refused", account, post=post)
        raise
