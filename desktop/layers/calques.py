"""The calques there are, as their sheets say: kept in memory, told to the stack, changed on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from beffroi.errors import BeffroiError
from beffroi.layers.calques import Calque, calque_of, checked, fields_of
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.node.sharing import share
from desktop.api import Desk
from desktop.kit.rereading import Rereading

KIND = "layer"


@dataclass(frozen=True, slots=True)
class Kept:
    """A calque and the sheet it is written on; `problem` when the sheet cannot be understood."""

    sheet: Sheet
    calque: Calque
    problem: str = ""

    @property
    def uid(self) -> str:
        """Its identity, in the stack too."""
        return self.sheet.uid


class Calques(QObject):
    """Every calque that people made, by uid, the oldest first."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kept: dict[str, Kept] = {}
        self._sheets = Rereading(desk.tasks, partial(desk.node.sheets.all, KIND), self._came, self)
        desk.feed.on(SheetChanged, self._sheet_changed)
        self.read()

    def __getitem__(self, uid: str) -> Kept:
        return self.kept[uid]

    def __contains__(self, uid: str) -> bool:
        return uid in self.kept

    def of_source(self, source: str) -> list[Kept]:
        """Those that show a source."""
        return [kept for kept in self.kept.values() if kept.calque.source == source]

    def read(self) -> None:
        """Read the sheets again, in the background."""
        self._sheets.ask()

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind == KIND:
            self.read()

    def _came(self, sheets: list[Sheet]) -> None:
        kept = {sheet.uid: _understood(sheet) for sheet in sheets}
        gone = [uid for uid in self.kept if uid not in kept]
        changed = kept != self.kept
        self.kept = kept
        self._desk.stack.know([(uid, True) for uid in kept])
        self._desk.stack.lose(gone)
        if changed:
            self.changed.emit()

    def put(
        self, uid: str, calque: Calque, done: Callable[[str], None] = lambda _uid: None
    ) -> None:
        """Write a calque (a new one under an empty `uid`); `done` hears its uid.

        Raises:
            BeffroiError: it cannot be kept.
        """
        fields = fields_of(checked(calque))
        if uid in self.kept:
            before = fields_of(self.kept[uid].calque)
            fields = {name: value for name, value in fields.items() if before.get(name) != value}
            fields |= {name: None for name in before if name not in fields_of(calque)}
        node = self._desk.node
        work = partial(node.sheets.put, KIND, fields, node.who, uid=uid)
        self._desk.tasks.run(work, lambda sheet: done(sheet.uid), touches_store=True)

    def drop(self, uid: str) -> None:
        """Take a calque away; its source and what that told stay."""
        node = self._desk.node
        work = partial(node.sheets.drop, uid, node.who)
        self._desk.tasks.run(work, lambda _none: None, touches_store=True)

    def share(
        self, uid: str, marking: str, caveats: Sequence[str], done: Callable[[], None]
    ) -> None:
        """Share a calque and the source it shows, within these limits; `done` when it is so."""
        node = self._desk.node
        uids = [uid for uid in (self[uid].calque.source, uid) if uid]

        def work() -> None:
            for wanted in uids:
                sheet = node.sheets.find(wanted)
                if sheet is not None and not sheet.shared:
                    share(node, wanted, marking=marking, caveats=caveats)

        self._desk.tasks.run(work, lambda _none: done(), touches_store=True)

    def bring_back(self, kept: Kept) -> None:
        """A calque that was taken away is there again, as it was."""
        node = self._desk.node
        work = partial(node.sheets.put, KIND, fields_of(kept.calque), node.who, uid=kept.uid)
        self._desk.tasks.run(work, lambda _sheet: None, touches_store=True)


def _understood(sheet: Sheet) -> Kept:
    try:
        return Kept(sheet, calque_of(sheet.fields))
    except BeffroiError as error:
        return Kept(sheet, Calque(title=str(sheet.fields.get("title", ""))), str(error))
