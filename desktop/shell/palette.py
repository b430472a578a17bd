"""Ctrl+K: type a few letters of what you want to do, press Enter."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from beffroi.text import _
from desktop.kit.commands import Command, Commands, key_text
from desktop.kit.theme import Theme
from desktop.shell.matching import ranked
from desktop.shell.overlay import Overlay

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = 34
"""The height of a line."""


class Found(QAbstractListModel):
    """The commands that answer what is typed."""

    def __init__(self, commands: Commands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._rows: list[Command] = []

    def look(self, wanted: str) -> None:
        """Search again."""
        self.beginResetModel()
        able = [c for c in self._commands if self._commands.can_run(c.id) and c.id != "palette"]
        self._rows = ranked(wanted, able, self._commands.recent)
        self.endResetModel()

    def at(self, index: Index) -> Command:
        """The command of a row."""
        return self._rows[index.row()]

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _(command.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return " – ".join(w for w in (_(command.title), key_text(command)) if w)
            case Qt.ItemDataRole.UserRole:
                return command
            case _:
                return None


class Row(QStyledItemDelegate):
    """One command: icon, title, where it lives, its key."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._theme.px(ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        theme, box = self._theme, QRect(option.rect).adjusted(8, 1, -8, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(box, 6, 6)
        side = theme.px(17)
        icon = QRect(box.left() + 10, box.center().y() - side // 2, side, side)
        theme.icon(command.icon or "chevron-right").paint(painter, icon)
        left = icon.right() + 12
        right = box.right() - 10 - self._key(painter, command, box, chosen=chosen)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        title = painter.fontMetrics().elidedText(
            _(command.title), Qt.TextElideMode.ElideRight, right - left
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, box.top(), right - left, box.height()), middle, title)
        left += painter.fontMetrics().horizontalAdvance(title) + 12
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("faint"))
        where = painter.fontMetrics().elidedText(
            _(command.category) or _(command.menu),
            Qt.TextElideMode.ElideRight,
            max(0, right - left),
        )
        painter.drawText(QRect(left, box.top(), right - left, box.height()), middle, where)
        painter.restore()

    def _key(self, painter: QPainter, command: Command, box: QRect, *, chosen: bool) -> int:
        words = key_text(command)
        if not words:
            return 0
        theme = self._theme
        painter.setFont(theme.font("small"))
        width = painter.fontMetrics().horizontalAdvance(words) + 14
        height = painter.fontMetrics().height() + 4
        cap = QRect(box.right() - 8 - width, box.center().y() - height // 2, width, height)
        painter.setPen(theme.color("control" if chosen else "border"))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.color("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
        return width + 8


class Palette(Overlay):
    """Everything that can be done, a few letters away."""

    def __init__(self, window: QWidget, commands: Commands, theme: Theme) -> None:
        super().__init__(window, name="palette")
        self._commands = commands
        self._theme = theme
        self.field = QLineEdit(self.panel)
        self.field.setPlaceholderText(_("Que voulez-vous faire ?"))
        self.field.setAccessibleName(_("Rechercher une commande"))
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self._found = Found(commands, self)
        self.list = QListView(self.panel)
        self.list.setModel(self._found)
        self.list.setItemDelegate(Row(theme, self.list))
        self.list.setAccessibleName(_("Commandes trouvées"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(lambda _index: self._run())
        self._nothing = QLabel(
            _("Aucune commande ne correspond : essayez un autre mot."), self.panel
        )
        self._nothing.setProperty("ink", "faint")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(theme.px(60))
        self.layout_.addWidget(self.field)
        self.layout_.addSpacing(6)
        self.layout_.addWidget(self.list, 1)
        self.layout_.addWidget(self._nothing, 1)
        self.layout_.addSpacing(6)
        self.setFocusProxy(self.field)

    @property
    def titles(self) -> list[str]:
        """What is listed now."""
        return [self._found.index(row, 0).data() for row in range(self._found.rowCount())]

    @override
    def open(self) -> None:
        """Open, empty, with the recent commands first."""
        self.field.clear()
        self._look("")
        super().open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px, rows = self._theme.px, max(2, self._found.rowCount())
        height = self.field.sizeHint().height() + 14 + rows * px(ROW)
        return px(600), min(px(430), height), 84

    def _look(self, wanted: str) -> None:
        self._found.look(wanted)
        any_found = self._found.rowCount() > 0
        self.list.setVisible(any_found)
        self._nothing.setVisible(not any_found)
        if any_found:
            self.list.setCurrentIndex(self._found.index(0, 0))
        self.fit()

    def _step(self, rows: int) -> None:
        count = self._found.rowCount()
        if count:
            row = (self.list.currentIndex().row() + rows) % count
            self.list.setCurrentIndex(self._found.index(row, 0))

    def _run(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            command = self._found.at(index)
            self.close_()
            self._commands.run(command.id)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            match event.key():
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_PageDown:
                    self._step(8)
                case Qt.Key.Key_PageUp:
                    self._step(-8)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._run()
                case _:
                    return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)
