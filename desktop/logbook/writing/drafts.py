"""Keeps what is being written safe from a crash: saved as one types, found again at the next start."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.logbook.personal import Draft
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook import wording
from desktop.logbook.writing.zones import zone_of

SAVE_MS = 250


class DraftKeeper(QObject):
    """One thing being written.  `snapshot` tells what to keep; an empty one is forgotten."""

    def __init__(
        self, desk: Desk, kind: str, snapshot: Callable[[], dict[str, Any] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._snapshot = desk, kind, snapshot
        self.uid = uuid7(desk.node.clock.now())
        self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)

    def touched(self) -> None:
        """Something was typed: it will be kept within a quarter of a second."""
        if not self._timer.isActive():
            self._timer.start()

    def save_soon(self) -> None:
        """The window goes away: do not wait for the pause."""
        if self._timer.isActive():
            self.save()

    def save(self) -> None:
        """Keep what is written now."""
        self._timer.stop()
        personal, uid = self._desk.node.personal, self.uid
        payload = self._snapshot()
        if payload is not None:
            kept = {**payload, "kind": self._kind}
            self._kept = True
            self._run(lambda: personal.save_draft(uid, kept))
        elif self._kept:
            self._kept = False
            self._run(lambda: personal.drop_draft(uid))

    def hand_over(self) -> None:
        """Somebody else drops this draft, once it is published; start another."""
        self._timer.stop()
        self.uid = uuid7(self._desk.node.clock.now())
        self._kept = False

    def forget(self) -> None:
        """Give up the draft for good and start another."""
        old, kept = self.uid, self._kept
        self.hand_over()
        if kept:
            personal = self._desk.node.personal
            self._run(lambda: personal.drop_draft(old))

    def _run(self, work: Callable[[], None]) -> None:
        self._desk.tasks.run(work, _nothing, touches_store=True)

    def look(self, found: Callable[[Draft], None]) -> None:
        """Tell the last draft of this kind that was not published, if there is one."""
        node = self._desk.node

        def work() -> Draft | None:
            for draft in node.personal.drafts():
                if draft.payload.get("kind") == self._kind:
                    if not _published(node.logbook, draft.uid):
                        return draft
                    node.personal.drop_draft(draft.uid)
            return None

        self._desk.tasks.run(work, partial(self._tell, found), touches_store=True)

    def _tell(self, found: Callable[[Draft], None], draft: Draft | None) -> None:
        if draft is not None:
            found(draft)

    def resume(self, draft: Draft) -> None:
        """Go on with a draft that was found."""
        self.uid = draft.uid
        self._kept = True


def found_words(desk: Desk, draft: Draft) -> str:
    """Says that a draft was found, and from when it is."""
    now = desk.node.clock.now()
    moment = wording.short_moment(draft.changed_at, zone_of(desk), now)
    return _("Brouillon de {moment} retrouvé, il n’est pas publié.").format(moment=moment)


def _published(logbook: Any, uid: str) -> bool:
    """Whether the draft became an entry just before the crash."""
    try:
        logbook.entry(uid)
    except BeffroiError:
        return False
    return True


def _nothing(_result: object) -> None:
    """The draft is kept: nobody needs to hear of it."""
