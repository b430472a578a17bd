"""Between the sync process and the desk: its messages become what the desk knows, and back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer

from beffroi.access.roles import ROLES
from beffroi.changes import Change
from beffroi.node import Node
from beffroi.observations import ObservationsChanged
from beffroi.sync import status as says
from beffroi.text import _
from desktop.api import Desk

Announce = Callable[[says.Changed, Node], object]
"""Reads what came down and publishes it on the node's feed (slow: off the main thread)."""
NAMES_SETTING = "people/names"
HEARD_SETTING = "link/heard"
AWAY_MS = 10 * 60_000
"""A desk that was closed for longer comes back as after a cut."""
POKE_MS = 30
"""Acts that follow one another so closely are announced to the process once."""


class Process(Protocol):
    """Where messages go; they come back by its signal `told`."""

    def ask(self, message: says.Ask) -> None:
        """Tell the process something."""


class Relay(QObject):
    """Hears the process, and tells it what happens at this desk."""

    def __init__(
        self, desk: Desk, process: Process, announce: Announce, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._process = process
        self._publish = announce
        self._cut_at = 0
        self._poke = QTimer(self, singleShot=True, interval=POKE_MS)
        self._poke.timeout.connect(self._wake)
        self._counting = False
        self._waiting = 0
        kept = str(desk.settings.value(HEARD_SETTING, ""))
        if kept.isdigit() and desk.node.clock.now() - int(kept) > AWAY_MS:
            self._cut_at = int(kept)
        self._names: dict[str, str] = {}
        desk.tasks.run(lambda: desk.node.settings.get(NAMES_SETTING), self._recall_names)
        desk.feed.on(Change, self._changed_here)
        link = desk.link
        link.retry_asked.connect(self._wake)
        link.doing_told.connect(lambda _uid, _doing: self._tell_doing())
        link.seen_told.connect(lambda uid: process.ask(says.HaveSeen(entities=[uid])))
        link.fetch_asked.connect(lambda sha256: process.ask(says.Fetch(sha256=sha256)))

    # From the process

    def hear(self, message: says.Told) -> None:
        """Let the desk know what the process says."""
        link = self._desk.link
        match message:
            case says.Link(status=status):
                self._follow(status)
            case says.Changed():
                self._announce(message)
            case says.Delivered(deliveries=deliveries):
                link.came_further(deliveries)
            case says.Present(people=people):
                mine = self._desk.node.who.account
                link.set_present(p for p in people if p.account != mine)
                self._remember_names()
            case says.SeenBy(seen=seen):
                link.were_seen(seen)
            case says.Granted():
                self._grant(message)
            case says.Fetched(sha256=sha256, sentence=sentence):
                link.fetched.emit(sha256, sentence)
            case says.Observed(sources=sources):
                for uid in sources:
                    self._desk.node.feed.publish(ObservationsChanged(source=uid, origin="remote"))
            case says.Notice(code=code, sentence=sentence):
                self._warn(code, sentence)
            case says.Erased(sentence=sentence, salvage=salvage):
                link.erased.emit(sentence, salvage)
            case _:
                pass

    def _follow(self, status: says.LinkStatus) -> None:
        link = self._desk.link
        heard = max(link.status.last_contact, status.last_contact)
        status = msgspec.structs.replace(status, last_contact=heard)
        self._desk.node.clock.offset_ms = status.skew_ms
        if status.state == "offline" and not self._cut_at:
            self._cut_at = heard or status.since
        if status.state == "offline":
            status = msgspec.structs.replace(status, waiting=max(status.waiting, self._waiting))
            self._count()
        link.set_status(status)
        if heard:
            self._desk.settings.setValue(HEARD_SETTING, str(heard))
        if status.state == "online" and self._cut_at:
            cut, self._cut_at = self._cut_at, 0
            link.back.emit(cut)

    def _count(self) -> None:
        """What waits is counted here: a cut process does not look at every act."""
        node = self._desk.node
        if not self._counting:
            self._counting = True
            self._desk.tasks.run(node.journal.waiting, self._counted)

    def _counted(self, waiting: int) -> None:
        self._counting = False
        self._waiting = waiting
        link = self._desk.link
        link.set_status(msgspec.structs.replace(link.status, waiting=waiting))

    def _remember_names(self) -> None:
        """Offline, those who were met are still called by their name."""
        names, node = dict(self._desk.link.names), self._desk.node
        if names != self._names:
            self._names = names

            def keep() -> None:
                node.settings.put(NAMES_SETTING, names)

            self._desk.tasks.run(keep, _nothing, touches_store=True)

    def _recall_names(self, kept: object) -> None:
        if isinstance(kept, dict):
            self._names = {str(account): str(name) for account, name in kept.items()}
            self._desk.link.names = {**self._names, **self._desk.link.names}

    def _grant(self, granted: says.Granted) -> None:
        """Let the desk offer what the hub allows, and no more; the hub decides anyway."""
        node = self._desk.node
        roles = [ROLES[right.role] for right in granted.rights if right.role in ROLES]
        before, writes = node.who.may_write, any(role.writes for role in roles)
        exports = any(role.exports for role in roles)
        node.who = replace(node.who, may_write=writes, may_export=exports)
        self._desk.link.set_rights(granted.rights)
        if before and not writes:
            self._desk.notices.warn(
                _("Votre droit d’écrire ici a pris fin\u00a0: vous lisez. Voyez l’administrateur.")
            )

    def _announce(self, changed: says.Changed) -> None:
        """Publish what came down; rows are read away from the main thread."""
        node, publish = self._desk.node, self._publish

        def work() -> None:
            publish(changed, node)

        self._desk.tasks.run(work, _nothing)

    def _warn(self, code: str, sentence: str) -> None:
        if code == "quarantine":
            show = self._desk.docks.show
            self._desk.notices.warn(sentence, (_("Voir"), lambda: show("settle")))
        else:
            self._desk.notices.warn(sentence)

    # To the process

    def _changed_here(self, change: Change) -> None:
        if change.origin == "local":
            self._poke.start()

    def _wake(self) -> None:
        self._process.ask(says.Poke())
        self._count()

    def _tell_doing(self) -> None:
        uid, doing = self._desk.link.doing
        post = self._desk.node.who.post
        self._process.ask(says.Looking(entity=uid, doing=doing, post=post))


def _nothing(_none: None) -> None:
    """Nothing to do: the changes come by the feed."""
