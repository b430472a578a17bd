"""Opens a joined profile: the hub is asked first, and the last secret opens when it is silent."""

from dataclasses import dataclass, field
from pathlib import Path

from beffroi.access import Keyring
from beffroi.clock import Clock
from beffroi.node import Node, open_node, open_unlocked
from beffroi.profile import (
    KEYRING_FILE,
    STORE_FILE,
    Contact,
    Erased,
    erase_profile,
    read_info,
)
from beffroi.store import Store
from beffroi.sync import wire
from beffroi.sync.blocking import ask
from beffroi.sync.people import account_of, hide_from, keep_rights
from beffroi.sync.skew import Skew
from beffroi.sync.status import Start
from beffroi.sync.trouble import HubUnreachable, Revoked
from beffroi.sync.upstream import station_of

PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open profile, and what its sync process needs.

    `session` is None when the hub did not answer; `sentence` then says so.
    """

    node: Node
    key: bytes = field(repr=False)
    secret: str = field(repr=False)
    session: wire.SessionReply | None = field(repr=False)
    sentence: str = ""

    def start(self, language: str = "fr") -> Start:
        """The first line for the sync process."""
        who = self.node.who
        return Start(
            profile=str(self.node.folder), key=self.key.hex(), account=who.account,
            person=who.person, post=who.post, station=who.station, secret=self.secret,
            token=self.session.token if self.session else "",
            token_expires=self.session.expires if self.session else 0, language=language,
        )  # fmt: skip


def open_joined(
    folder: Path,
    account: str,
    secret: str,
    *,
    post: str = "",
    clock: Clock | None = None,
    patience_s: float = PATIENCE_S,
) -> Opened:
    """Open the joined profile in `folder` for `account`.

    Raises:
        HubRefused: the hub answers and does not let this person in: the last secret is no way round.
        Erased: the device is revoked or was too long without contact; what was not sent is sealed.
        BeffroiError: wrong secret, damaged store...
    """
    clock = clock or Clock()
    read_info(folder)
    skew = Skew(clock.source)
    try:
        session = ask(
            station_of(folder),
            lambda hub: hub.log_in(account, secret),
            within_s=patience_s,
            skew=skew,
        )
    except HubUnreachable as silent:
        return _alone(folder, account, secret, post, clock, str(silent))
    except Revoked as out:
        raise erase_revoked(folder, account, secret, clock) from out
    return _let_in(folder, session, secret, post, clock, skew.offset_ms)


def open_signed_in(
    folder: Path,
    session: wire.SessionReply,
    offset_ms: int,
    *,
    post: str = "",
    clock: Clock | None = None,
) -> Opened:
    """Open the joined profile in `folder` for whoever the identity provider vouched for.

    Offline, the secret that the person last used on this station goes on opening it.

    Raises:
        BeffroiError: damaged store, post not allowed...
    """  # fmt: skip
    return _let_in(folder, session, "", post, clock or Clock(), offset_ms)


def _let_in(
    folder: Path, session: wire.SessionReply, secret: str, post: str, clock: Clock, offset_ms: int
) -> Opened:
    """Open with the hub's own way in: the person may be new here, or have another secret."""
    keyring = Keyring(folder / KEYRING_FILE, clock)
    key = keyring.unlock_hub(session.unlock)
    if secret:
        keyring.rewrap(session.account, secret, key)
    workspace = read_info(folder).workspace
    node = open_unlocked(
        folder,
        key,
        session.account,
        post=post if post in session.posts else "",
        clock=clock,
        contact=Contact(
            at=clock.source() + offset_ms, offset_ms=offset_ms, keep_days=session.keep_days,
            salvage_key=session.salvage_key or None,
        ),
        known_as=account_of(session, workspace),
    )  # fmt: skip
    keep_rights(node.settings, session)
    hide_from(node.journal, node.settings, session.account, node.info.workspace)
    return Opened(node=node, key=key, secret=secret, session=session)


def _alone(
    folder: Path, account: str, secret: str, post: str, clock: Clock, sentence: str
) -> Opened:
    key = Keyring(folder / KEYRING_FILE, clock).unlock(account, secret)
    node = open_node(folder, account, secret, post=post, clock=clock)
    hide_from(node.journal, node.settings, account, node.info.workspace)
    return Opened(node=node, key=key, secret=secret, session=None, sentence=sentence)


def erase_revoked(folder: Path, account: str, secret: str, clock: Clock) -> Erased:
    """Erase the profile of a revoked device; what it had not sent is sealed for the hub first."""
    key = Keyring(folder / KEYRING_FILE, clock).unlock(account, secret)
    store = Store(folder / STORE_FILE, key, must_exist=True)
    try:
        return erase_profile(folder, store, key, "revoked", clock)
    finally:
        store.close()
