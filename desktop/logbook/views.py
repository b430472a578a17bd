"""Saved views: searches worth keeping, under a name, in an order; Alt+1 to Alt+9 open them."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.logbook.personal import SavedView
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.pieces import clear, words
from desktop.logbook.search_bar import SearchBar


class ViewShelf(QObject):
    """The saved views of this officer, kept in the store."""

    changed = Signal()

    def __init__(self, desk: Desk, bar: SearchBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bar = bar
        self.views: tuple[SavedView, ...] = ()
        self._read()

    def has(self, at: int) -> bool:
        """Whether there is a view at that place."""
        return at < len(self.views)

    def open_at(self, at: int) -> None:
        """Show a view by its place."""
        if self.has(at):
            self._desk.docks.reveal("logbook")
            self._bar.set_text(self.views[at].query)

    def keep(self, name: str) -> None:
        """Keep the present search under a name."""
        personal, text = self._desk.node.personal, self._bar.field.text()
        self._desk.tasks.run(
            lambda: personal.save_view(name, text), self._written, touches_store=True
        )

    def drop(self, uid: str) -> None:
        """Forget a view."""
        personal = self._desk.node.personal
        self._desk.tasks.run(lambda: personal.drop_view(uid), self._written, touches_store=True)

    def move(self, uid: str, to: int) -> None:
        """Put a view elsewhere in the order."""
        personal = self._desk.node.personal
        self._desk.tasks.run(lambda: personal.move_view(uid, to), self._written, touches_store=True)

    def _written(self, _answer: object) -> None:
        self._read()

    def _read(self) -> None:
        self._desk.tasks.run(self._desk.node.personal.views, self._show)

    def _show(self, views: list[SavedView]) -> None:
        self.views = tuple(views)
        self.changed.emit()


class ViewPopover(QFrame):
    """The list of views under its button, and a line to keep the present search."""

    def __init__(self, desk: Desk, shelf: ViewShelf, bar: SearchBar) -> None:
        super().__init__(bar, Qt.WindowType.Popup)
        self._desk = desk
        self._shelf = shelf
        self._bar = bar
        self.setProperty("surface", "card")
        px = desk.theme.px
        self.setFixedWidth(px(390))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Nom de la vue à garder"))
        self.name.setAccessibleName(_("Nom de la vue"))
        self.name.returnPressed.connect(self._keep)
        keep = QPushButton(_("Garder"))
        keep.clicked.connect(self._keep)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(10), px(10), px(10), px(10))
        whole.addWidget(words(_("Vues enregistrées"), role="section"))
        whole.addLayout(self._rows)
        whole.addLayout(line)
        shelf.changed.connect(self._draw)
        bar.views.clicked.connect(self.open)
        self._draw()

    def open(self) -> None:
        """Show under the button."""
        button = self._bar.views
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 2))
        corner.setX(max(corner.x(), button.screen().availableGeometry().left() + 4))
        self.move(corner)
        self.show()
        self.name.setFocus()

    def _keep(self) -> None:
        name = self.name.text().strip() or self._bar.field.text().strip()
        if not self._bar.field.text().strip():
            self._desk.notices.warn(
                _("Rien à garder\u00a0: tapez d’abord une recherche, puis donnez-lui un nom.")
            )
            return
        self._shelf.keep(name)
        self.name.clear()

    def _draw(self) -> None:
        clear(self._rows)
        for at, view in enumerate(self._shelf.views):
            self._rows.addWidget(self._row(at, view))
        if not self._shelf.views:
            self._rows.addWidget(
                words(
                    _("Aucune encore\u00a0: cherchez, puis gardez la recherche ici."), ink="muted"
                )
            )
        self.adjustSize()

    def _row(self, at: int, view: SavedView) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        key = f"   Alt+{at + 1}" if at < 9 else ""
        open_ = QPushButton(view.name + key)
        open_.setProperty("kind", "quiet")
        open_.setStyleSheet("text-align: left;")
        open_.setToolTip(view.query)
        open_.clicked.connect(lambda: self._open(at))
        line.addWidget(open_, 1)
        for icon, name, act in (
            ("arrow-up", _("Monter"), lambda: self._shelf.move(view.uid, max(0, at - 1))),
            ("arrow-down", _("Descendre"), lambda: self._shelf.move(view.uid, at + 1)),
            ("trash", _("Supprimer"), lambda: self._shelf.drop(view.uid)),
        ):
            button = QToolButton()
            button.setIcon(self._desk.theme.icon(icon))
            button.setToolTip(name)
            button.setAccessibleName(f"{name} {view.name}")
            button.clicked.connect(lambda _on=False, run=act: run())
            line.addWidget(button)
        return box

    def _open(self, at: int) -> None:
        self.hide()
        self._shelf.open_at(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
