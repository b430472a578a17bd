"""The search box over the map, with its list of answers under it, all by keyboard."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.map.finder import Found

_FOUND = Qt.ItemDataRole.UserRole
_DELAY_MS = 90
_ROWS = 12


class SearchBox(QLineEdit):
    """Asks with `asked`, is answered by `show_answers`, tells `previewed` and `chosen`."""

    asked = Signal(str)
    previewed = Signal(object)
    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("map-search")
        self.setPlaceholderText(_("Lieu, site, entrée, coordonnées…"))
        self.setAccessibleName(_("Chercher sur la carte"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(theme.px(120))
        self._loupe = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._wait = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._wait.timeout.connect(lambda: self.asked.emit(self.text()))
        self._popup = _Popup(self)
        self.answers = self._popup.answers
        self.answers.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.answers.itemClicked.connect(self._take)
        self.answers.currentItemChanged.connect(self._preview)
        self.textEdited.connect(self._typed)
        theme.changed.connect(lambda: self._loupe.setIcon(theme.icon("search")))

    def show_answers(self, text: str, found: list[Found]) -> None:
        """Show what was found for `text`, if that is still what is written."""
        if text != self.text() or self.window().focusWidget() is not self:
            return
        self.answers.blockSignals(True)
        self.answers.clear()
        for answer in found:
            item = QListWidgetItem(self._theme.icon(answer.icon), answer.title)
            item.setData(_FOUND, answer)
            item.setToolTip(answer.detail)
            if answer.detail:
                item.setText(f"{answer.title}   ·   {answer.detail}")
            self.answers.addItem(item)
        if not found:
            item = QListWidgetItem(_("Rien trouvé\u00a0: essayez un autre mot ou des coordonnées."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.answers.addItem(item)
        self.answers.blockSignals(False)
        self._popup.unfold(min(self.answers.count(), _ROWS))

    def fold(self) -> None:
        """Hide the answers."""
        self._popup.hide()

    def _typed(self, text: str) -> None:
        if len(text.strip()) < 2:
            self.fold()
        else:
            self._wait.start()

    def _preview(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.previewed.emit(item.data(_FOUND))

    def _take(self, item: QListWidgetItem | None) -> None:
        answer = item.data(_FOUND) if item else None
        if isinstance(answer, Found):
            self.fold()
            self.setText(answer.title if not answer.uid else "")
            self.setCursorPosition(0)
            self.chosen.emit(answer)

    def _leave(self) -> None:
        self.fold()
        self.clear()
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row, rows = event.key(), self.answers.currentRow(), self.answers.count()
        open_now = self._popup.isVisible()
        if key == Qt.Key.Key_Down and open_now:
            self.answers.setCurrentRow(min(row + 1, rows - 1))
        elif key == Qt.Key.Key_Up and open_now:
            self.answers.setCurrentRow(max(row - 1, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and open_now:
            self._take(self.answers.item(max(row, 0)))
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


class _Popup(QFrame):
    """A list that hangs under the box and never takes the keyboard from it."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = box
        self.answers = QListWidget(self)
        self.answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setTextElideMode(Qt.TextElideMode.ElideRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.answers)
        box.installEventFilter(self)

    def unfold(self, rows: int) -> None:
        """Show `rows` answers under the box."""
        height = self.answers.sizeHintForRow(0) * rows + 8
        width = max(self._box.width(), 560)
        corner = self._box.mapToGlobal(QPoint(0, self._box.height() + 2))
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Move, QEvent.Type.Hide):
            self.hide()
        return super().eventFilter(watched, event)
