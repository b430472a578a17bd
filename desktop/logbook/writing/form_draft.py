"""The draft of the form: one per thing being written, found again after a crash."""

from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from beffroi.logbook.entry import Content, Entry
from beffroi.logbook.personal import Draft
from desktop.api import Desk
from desktop.logbook.writing.drafts import DraftKeeper


class Written(Protocol):
    """What is being written now."""

    content: Content

    def reason(self) -> str:
        """Why it is corrected."""


class FormDraft(QObject):
    """Keeps what `source` writes; `found` tells the `Draft` that a crash left behind."""

    found = Signal(object)

    def __init__(self, desk: Desk, source: Written, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._source = desk, source
        self._keeper: DraftKeeper | None = None

    @property
    def uid(self) -> str:
        """The draft's own id, which the published entry takes."""
        return "" if self._keeper is None else self._keeper.uid

    def begin(self, mode: str, entry: Entry | None, *, look: bool) -> None:
        """Something else is written: a new entry, or the correction or complement of `entry`."""
        self.save_soon()
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None
        if mode == "qualify":
            return
        kind = f"{mode}:{entry.uid}" if entry else "form"
        self._keeper = DraftKeeper(self._desk, kind, self._snapshot, self)
        if look:
            self._keeper.look(self.found.emit)

    def touched(self) -> None:
        """Something changed."""
        if self._keeper is not None:
            self._keeper.touched()

    def save_soon(self) -> None:
        """The form goes away: do not wait for the pause."""
        if self._keeper is not None:
            self._keeper.save_soon()

    def hand_over(self) -> None:
        """It is published: whoever published it dropped the draft."""
        if self._keeper is not None:
            self._keeper.hand_over()

    def forget(self) -> None:
        """Give it up."""
        if self._keeper is not None:
            self._keeper.forget()

    def resume(self, draft: Draft) -> None:
        """Go on with the draft that was found."""
        if self._keeper is not None:
            self._keeper.resume(draft)

    def _snapshot(self) -> dict[str, Any] | None:
        content = self._source.content
        if not content.text.strip():
            return None
        return {"content": msgspec.to_builtins(content), "reason": self._source.reason()}
