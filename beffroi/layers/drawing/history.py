"""What was done to a drawing and how it is undone: each step holds both ways."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Fields = Mapping[str, Any]
"""Fields of a shape's sheet, as plain JSON values."""
KEPT = 200
"""Steps remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One shape's fields before and after.  None: the shape was not there (before), is gone (after).

    A change names only the fields it changes.
    """

    uid: str
    before: Fields | None
    after: Fields | None

    @property
    def inverse(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(uid=self.uid, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one gesture did, under the words of its label (« tracer la zone », not translated)."""

    words: str
    edits: tuple[Edit, ...]

    @property
    def inverse(self) -> "Step":
        """The step that takes this one back, last edit first."""
        edits = tuple(edit.inverse for edit in reversed(self.edits))
        return Step(words=self.words, edits=edits)


@dataclass(slots=True)
class History:
    """Steps that can be undone, and those that were and can be redone."""

    _done: deque[Step] = field(default_factory=lambda: deque[Step](maxlen=KEPT))
    _undone: list[Step] = field(default_factory=list[Step])

    def did(self, step: Step) -> None:
        """Remember a step; what had been undone before it can no longer be redone."""
        self._done.append(step)
        self._undone.clear()

    @property
    def undo_words(self) -> str:
        """The label of what undo would take back, empty when there is nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        """The label of what redo would do again, empty when there is nothing."""
        return self._undone[-1].words if self._undone else ""

    def take_done(self) -> Step | None:
        """The latest step, out of the list."""
        return self._done.pop() if self._done else None

    def take_undone(self) -> Step | None:
        """The step undone last, out of the list."""
        return self._undone.pop() if self._undone else None

    def undid(self, step: Step) -> None:
        """A step was taken back: it can be redone."""
        self._undone.append(step)

    def redid(self, step: Step) -> None:
        """A step was done again; what was undone before it still can be redone."""
        self._done.append(step)
