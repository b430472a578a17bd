"""The drawing table: draws, changes and erases shapes, and takes any of it back.

Every operation is a sheet's, so that it is stored, shared and merged like the rest; undo writes the
inverse operation.  It never takes back what somebody else did meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.layers.drawing import deeds
from beffroi.layers.drawing.history import Edit, Fields, History, Step
from beffroi.layers.shapes import Shape, checked, fields_of, shape_of
from beffroi.logbook.sheet import Sheet
from beffroi.text import _

KIND = "shape"


class Sheets(Protocol):
    """Where sheets are kept; `node.sheets` is one."""

    def find(self, uid: str) -> Sheet | None:
        """A sheet, None when there is none."""

    def put_all(
        self,
        kind: str,
        sheets: Mapping[str, Fields],
        who: Identity,
        *,
        shared: bool = False,
        marking: str | None = None,
        caveats: Sequence[str] | None = None,
    ) -> Sequence[Sheet]:
        """Write fields of several sheets together, new or known."""

    def drop_all(self, uids: Sequence[str], who: Identity) -> None:
        """Take several sheets away together."""


@dataclass(slots=True)
class Board:
    """One person's hand on the drawings of a node.  Call it from one thread at a time."""

    sheets: Sheets
    who: Callable[[], Identity]
    new_uid: Callable[[], str]
    history: History = field(default_factory=History)

    def draw(self, shape: Shape, words: str = "") -> str:
        """Add a shape; its uid.

        Raises:
            BeffroiError: it cannot be drawn, or this person may not draw on its layer.
        """
        return self.draw_all([shape], words or deeds.DRAW[shape.kind])[0]

    def draw_all(self, shapes: Iterable[Shape], words: str) -> list[str]:
        """Add shapes as one step, undone together; their uids."""
        wanted = [checked(shape) for shape in shapes]
        edits = [Edit(uid=self.new_uid(), before=None, after=fields_of(s)) for s in wanted]
        self._did(words, edits)
        return [edit.uid for edit in edits]

    def change(self, uid: str, words: str = deeds.CHANGE, **values: Any) -> None:
        """Change some fields of a shape; nothing when they are so already."""
        self.change_all({uid: values}, words)

    def change_all(self, changes: Mapping[str, Mapping[str, Any]], words: str) -> None:
        """Change fields of several shapes as one step.

        Raises:
            BeffroiError: a shape is gone, or would no longer make sense.
        """
        wanted = [self._changed(uid, values) for uid, values in changes.items()]
        self._did(words, [edit for edit in wanted if edit.after])

    def erase(self, uids: Iterable[str], words: str = deeds.ERASE) -> None:
        """Take shapes away, as one step."""
        edits = [Edit(uid=uid, before=dict(self._sheet(uid).fields), after=None) for uid in uids]
        self._did(words, edits)

    def undo(self) -> Step | None:
        """Take back the latest step; None when there is none.

        Raises:
            BeffroiError: others have since changed all of it; the step is forgotten.
        """
        return self._travel(self.history.take_done(), back=True)

    def redo(self) -> Step | None:
        """Do again what was undone last; None when there is none."""
        return self._travel(self.history.take_undone(), back=False)

    # doing

    def _do(self, edits: Sequence[Edit]) -> None:
        """Write edits of one gesture: all of them add, all change, or all erase."""
        adds = {edit.uid: edit.after for edit in edits if edit.before is None and edit.after}
        changes = {edit.uid: edit.after for edit in edits if edit.before and edit.after}
        gone = [edit.uid for edit in edits if edit.after is None]
        for layer in {str(fields["layer"]) for fields in adds.values()}:
            self._add(layer, {uid: f for uid, f in adds.items() if f["layer"] == layer})
        if changes:
            self.sheets.put_all(KIND, changes, self.who())
        if gone:
            self.sheets.drop_all(gone, self.who())

    def _add(self, layer: str, shapes: Mapping[str, Fields]) -> None:
        """Shapes are shared with those who share their calque."""
        host = self.sheets.find(layer)
        if host is None or not host.shared:
            self.sheets.put_all(KIND, shapes, self.who())
        else:
            self.sheets.put_all(
                KIND, shapes, self.who(), shared=True, marking=host.marking, caveats=host.caveats
            )

    def _changed(self, uid: str, values: Mapping[str, Any]) -> Edit:
        old = shape_of(self._sheet(uid).fields)
        new = checked(msgspec.structs.replace(old, **values))
        names = [name for name in values if getattr(old, name) != getattr(new, name)]
        before, after = ({n: _plain(shape, n) for n in names} for shape in (old, new))
        return Edit(uid=uid, before=before, after=after)

    def _sheet(self, uid: str) -> Sheet:
        sheet = self.sheets.find(uid)
        if sheet is None:
            raise BeffroiError(
                _("Ce dessin vient d’être supprimé\u00a0: il n’y a plus rien à modifier.")
            )
        return sheet

    # both ways

    def _did(self, words: str, edits: Sequence[Edit]) -> None:
        if edits:
            self._do(edits)
            self.history.did(Step(words=words, edits=tuple(edits)))

    def _travel(self, step: Step | None, *, back: bool) -> Step | None:
        if step is None:
            return None
        wanted = step.inverse if back else step
        possible = [edit for edit in map(self._still_ours, wanted.edits) if edit is not None]
        if not possible:
            raise BeffroiError(
                _("D’autres ont modifié ce dessin depuis\u00a0: il reste comme ils l’ont laissé.")
            )
        self._do(possible)
        done = Step(words=step.words, edits=tuple(possible))
        if back:
            self.history.undid(done.inverse)
        else:
            self.history.redid(done)
        return done

    def _still_ours(self, edit: Edit) -> Edit | None:
        """The part of an edit that nobody else has touched since; None when nothing is left."""
        sheet = self.sheets.find(edit.uid)
        if edit.before is None or sheet is None:
            return edit if (edit.before is None) == (sheet is None) else None
        if edit.after is None:
            return edit if _same(shape_of(sheet.fields), edit.before) else None
        now = shape_of(sheet.fields)
        names = [name for name in edit.before if _plain(now, name) == edit.before[name]]
        if not names:
            return None
        before, after = edit.before, edit.after
        return Edit(
            uid=edit.uid,
            before={name: before[name] for name in names},
            after={name: after[name] for name in names},
        )


def _plain(shape: Shape, name: str) -> Any:
    return msgspec.to_builtins(getattr(shape, name))


def _same(shape: Shape, fields: Fields) -> bool:
    return shape == shape_of(fields)
