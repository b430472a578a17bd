"""What one does to shapes: drawn, changed, erased, undone in the store lane; and what is selected."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from beffroi.ids import uuid7
from beffroi.layers.drawing import deeds
from beffroi.layers.drawing.board import Board
from beffroi.layers.drawing.history import Step
from beffroi.layers.shapes import Shape
from desktop.api import Desk
from desktop.drawing.shapes import Shapes


class Hand(QObject):
    """One officer's hand on the shapes."""

    selected = Signal(object)
    """The uids (tuple of str) that are selected."""
    drawn = Signal(object)
    """The uids (list of str) of shapes that were added."""
    acted = Signal()
    """Something was done or undone: what can be undone is not the same any more."""

    def __init__(self, desk: Desk, shapes: Shapes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shapes = shapes
        clock = desk.node.clock
        self._board = Board(
            sheets=desk.node.sheets,
            who=lambda: desk.node.who,
            new_uid=lambda: uuid7(clock.now()),
        )
        self.selection: tuple[str, ...] = ()
        self._seen: set[str] = set()
        self.undo_words = self.redo_words = ""
        shapes.changed.connect(self._forget_gone)

    # selection

    def select(self, uids: Sequence[str]) -> None:
        """Select these shapes, and no others."""
        chosen = tuple(dict.fromkeys(uids))
        if chosen != self.selection:
            self.selection = chosen
            self.selected.emit(chosen)

    def switch(self, uid: str) -> None:
        """Add a shape to the selection, or take it out."""
        left = tuple(other for other in self.selection if other != uid)
        self.select(left if uid in self.selection else (*self.selection, uid))

    def may_change(self, uid: str) -> bool:
        """Whether this person may change a shape: a courtesy, the hub decides."""
        desk = self._desk
        if uid not in self.shapes or not desk.node.who.may_write:
            return False
        sheet = self.shapes.sheet(uid)
        if desk.stack[self.shapes[uid].layer].locked:
            return False
        own = sheet.author == desk.node.who.account
        return not sheet.shared or desk.link.may("edit", "layer", own=own)

    def changeable(self) -> list[str]:
        """The selected shapes that may be changed."""
        return [uid for uid in self.selection if self.may_change(uid)]

    # doing

    def draw(self, shape: Shape) -> None:
        """Add a shape, and select it."""
        self.draw_all([shape], deeds.DRAW[shape.kind])

    def draw_all(self, shapes: Sequence[Shape], words: str) -> None:
        """Add several shapes as one step, and select them."""
        self._do(partial(self._board.draw_all, shapes, words), self._drew)

    def _drew(self, uids: list[str]) -> None:
        self.select(uids)
        self.drawn.emit(uids)

    def change(self, changes: Mapping[str, Mapping[str, Any]], words: str = deeds.CHANGE) -> None:
        """Change fields of shapes as one step; those that may not be changed stay as they are."""
        allowed = {uid: values for uid, values in changes.items() if self.may_change(uid)}
        if allowed:
            self._do(partial(self._board.change_all, allowed, words))

    def erase(self) -> None:
        """Erase what is selected."""
        if uids := self.changeable():
            self._do(partial(self._board.erase, uids))

    def undo(self) -> None:
        """Take back what was done last."""
        self._do(self._board.undo, self._travelled)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._do(self._board.redo, self._travelled)

    def _travelled(self, step: Step | None) -> None:
        if step is not None:
            self.select([edit.uid for edit in step.edits if edit.after is not None])

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        def finished(result: Any) -> None:
            self._tell()
            if done:
                done(result)

        self._desk.tasks.run(work, finished, self._failed, touches_store=True)

    def _failed(self, error: BaseException) -> None:
        self._tell()
        self._desk.canvas.tell("drawing-reload")
        self._desk.notices.failure(error)

    def _tell(self) -> None:
        history = self._board.history
        self.undo_words, self.redo_words = history.undo_words, history.redo_words
        self.acted.emit()

    def _forget_gone(self) -> None:
        """A shape that is gone is not selected; one just drawn is told before it is read."""
        gone = {uid for uid in self.selection if uid in self._seen and uid not in self.shapes}
        if gone:
            self.select([uid for uid in self.selection if uid not in gone])
        self._seen = {uid for uid in self.selection if uid in self.shapes}
        self.selected.emit(self.selection)
