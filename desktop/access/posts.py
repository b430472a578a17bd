"""Which post the person holds now: one press, or Enter for the same as last time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from beffroi.text import _


class PostForm(QWidget):
    """The posts that an account may hold."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._greeting = QLabel(self)
        self._greeting.setProperty("role", "title")
        self.list = QListWidget(self)
        self.list.setProperty("surface", "card")
        self.list.setAccessibleName(_("Poste tenu"))
        self.list.itemActivated.connect(lambda _item: self._choose())
        enter = QPushButton(_("Prendre ce poste"), self)
        enter.setProperty("kind", "primary")
        enter.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._greeting)
        column.addWidget(QLabel(_("Quel poste tenez-vous ?"), self))
        column.addWidget(self.list, 1)
        column.addWidget(enter, alignment=Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.list)

    def offer(self, person: str, posts: Sequence[str], last: str) -> None:
        """Show the posts, the last one held chosen already."""
        self._greeting.setText(_("Bonjour {person}").format(person=person))
        self.list.clear()
        self.list.addItems(list(posts))
        self.list.setCurrentRow(list(posts).index(last) if last in posts else 0)

    def _choose(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.chosen.emit(item.text())
