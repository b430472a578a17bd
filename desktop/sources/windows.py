"""The windows of the sources, and how what happens in one shows in the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from beffroi.observations import SourceState
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.kit.shared import Box
from desktop.sources import dropping
from desktop.sources.actions import Actions, Runner
from desktop.sources.board import DOCK, Board
from desktop.sources.door import Made, Maker, Reader
from desktop.sources.hearing import Hearing
from desktop.sources.last_data import LastData
from desktop.sources.manual import ManualTable
from desktop.sources.shelf import Shelf
from desktop.sources.wizard import Wizard


@dataclass
class Sources:
    """The windows of the sources, made when they are first wanted."""

    desk: Desk
    runner: Runner
    reader: Reader
    maker: Maker
    window: QWidget
    _wizard: Wizard | None = field(default=None, init=False)
    _manual: ManualTable | None = field(default=None, init=False)
    _data: LastData | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Put the board on the desk."""
        desk = self.desk
        self.shelf = Shelf(desk, desk.node.observations, desk.watch, self.window)
        self.board = Board(desk, self.shelf)
        self.hearing = Hearing(desk.notices, self.show)
        self.actions = Actions(
            desk, self.shelf, self.runner, lambda: self.board.chosen, self.wizard, self.window
        )
        self.board.add_asked.connect(self.add)
        self.board.removal_sure.connect(self.actions.remove)

    # Windows

    def wizard(self) -> Wizard:
        """The window that adds and changes sources."""
        if self._wizard is None:
            self._wizard = Wizard(self.desk, self.reader, self.maker, self.window)
            self._wizard.made.connect(self._made)
            self._wizard.manual_asked.connect(self.write_table)
        return self._wizard

    def add(self) -> None:
        """« Ajouter une source… »."""
        wizard = self.wizard()
        if not wizard.isVisible():
            wizard.begin()
        wizard.open()

    def paste(self) -> None:
        """What is in the clipboard becomes a source: files, an address, a table or GeoJSON."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and data.hasUrls():
            self.drop(data)
        else:
            self.wizard().paste(QGuiApplication.clipboard().text())

    def drop(self, data: QMimeData) -> None:
        """What was dropped becomes a source."""
        self.wizard().drop(dropping.dropped(data))

    def write_table(self) -> None:
        """A small table typed by hand."""
        if self._manual is None:
            self._manual = ManualTable(self.desk, self.window)
            self._manual.written.connect(lambda origin: self.wizard().take(origin))
        self._manual.open()

    def last_data(self) -> None:
        """Show what the chosen source told last."""
        if self._data is None:
            self._data = LastData(self.desk, self.desk.node.observations, self.window)
        for one in self.board.chosen[:1]:
            self._data.show_source(one)

    def ask_removal(self) -> None:
        """Say what would go, before it goes."""
        if self.board.chosen:
            self.board.foot.ask_removal(self.board.chosen)

    def troubled(self) -> None:
        """Show the board with what needs somebody."""
        self.desk.docks.show(DOCK)
        tally = self.desk.watch.tally
        self.board.filters.only("down" if tally.down else "late" if tally.late else "")

    def _made(self, made: Made) -> None:
        for uid in made.sources:
            self.runner.reload(uid)
        for uid in made.layers:
            self.desk.stack.show(uid, True)
        known = any(self.shelf.find(uid) for uid in made.sources)
        self.shelf.read()
        self.actions.look_at(made.sources, lambda box: self._say_made(made, box or made.box, known))

    def _say_made(self, made: Made, box: Box | None, known: bool) -> None:
        """Go where the new things are, and say that they are there; without a place, lead to the table."""
        if box is not None:
            self.actions.zoom(box)
        count = max(1, len(made.layers))
        said = ngettext("La source est ajoutée.", "{n} calques sont ajoutés.", count)
        way: tuple[str, Callable[[], None]] = (_("Voir"), partial(self.show, made.sources))
        if known:
            said = _("La source est enregistrée.")
        elif box is None and made.layers:
            said = _(
                "La source est ajoutée\u202f; rien n’y a de position\u00a0: lisez-la en tableau."
            )
            asked = self.desk.shared.calque_asked
            way = (_("Voir le tableau"), lambda: asked.emit(made.layers[0], 0))
        self.desk.notices.done(said.format(n=count), way if made.sources else None)

    # What the process tells

    def follow(self, uid: str, state: SourceState) -> None:
        """How a source is now."""
        if state.health == "ok":
            self.hearing.forget(uid)
        self.shelf.state_changed(uid)

    def show(self, uids: Sequence[str]) -> None:
        """Show the board with these sources chosen."""
        self.desk.docks.show(DOCK)
        self.board.filters.only("")
        self.board.choose(uids)
