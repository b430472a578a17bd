"""Ctrl+G: a small line over the list, in which one types a number and is there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit
from typing_extensions import override

from beffroi.logbook.entry import Entry
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.list_panel import ListPanel


class NumberJump(QFrame):
    """Appears over the top of the list; Enter goes, Escape gives up."""

    def __init__(self, desk: Desk, panel: ListPanel) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("123 ou MC-2024-000123"))
        self.field.setAccessibleName(_("Aller à l’entrée numéro"))
        self.field.returnPressed.connect(self._go)
        line = QHBoxLayout(self)
        line.addWidget(QLabel(_("Aller au n°")))
        line.addWidget(self.field)
        self.hide()

    def ask(self) -> None:
        """Show the line and give it the keyboard."""
        width = min(self._panel.width() - 24, self._desk.theme.px(340))
        height = self.sizeHint().height()
        top = self._panel.stack.mapTo(self._panel, self._panel.stack.rect().topLeft()).y() + 8
        self.setGeometry((self._panel.width() - width) // 2, top, width, height)
        self.field.setProperty("wrong", False)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()

    def _go(self) -> None:
        said, node = self.field.text(), self._desk.node
        self._desk.tasks.run(lambda: node.logbook.by_number(said), self._arrive)

    def _arrive(self, entry: Entry | None) -> None:
        self.field.setProperty("wrong", entry is None)
        self.field.style().polish(self.field)
        if entry is None:
            self._desk.notices.warn(
                _("Aucune entrée ne porte ce numéro : vérifiez-le, ou cherchez par mots.")
            )
            return
        self.close_()
        self._panel.reveal(entry)

    def close_(self) -> None:
        """Put the line away and go back to the list."""
        self.hide()
        self._panel.into_list()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
        else:
            super().keyPressEvent(event)
