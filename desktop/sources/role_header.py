"""The header of the preview: the name of each column, and under it the role it plays, as a chip."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from beffroi.sources import words
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.sources.preview_model import PreviewModel


class RoleHeader(QHeaderView):
    """Two lines: name and chip.  A click offers the roles."""

    asked = Signal(int)
    """The role of this section is to be chosen."""

    def __init__(self, model: PreviewModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._shown = model
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(70))
        self.setStretchLastSection(True)
        self.sectionClicked.connect(self._clicked)
        self.setToolTip(_("Cliquez sur une colonne pour dire ce qu’elle contient (Alt+↓)"))

    def _clicked(self, section: int) -> None:
        if not self._shown.is_given(section):
            self.asked.emit(section)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(48))

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        name = str(self._shown.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        metrics = QFontMetrics(self._theme.font("small", bold=True))
        chip = QFontMetrics(self._theme.font("tiny")).horizontalAdvance(self._chip(logicalIndex))
        width = max(metrics.horizontalAdvance(name), chip + self._theme.px(26))
        return QSize(width + self._theme.px(20), self._theme.px(48))

    def _chip(self, section: int) -> str:
        if self._shown.is_given(section):
            return _("donné par le format")
        role = self._shown.role_of(section)
        return _(words.ROLES[role]) if role else _("champ")

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.fillRect(rect, theme.color("raised"))
        painter.setPen(theme.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(px(8), px(4), -px(8), -px(4))
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.color("text"))
        name = str(self._shown.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        metrics = painter.fontMetrics()
        line = QRect(inner.left(), inner.top(), inner.width(), px(18))
        short = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, short)
        if logicalIndex > 0:
            self._paint_chip(painter, inner, logicalIndex)
        painter.restore()

    def _paint_chip(self, painter: QPainter, inner: QRect, section: int) -> None:
        theme, px = self._theme, self._theme.px
        if self._shown.is_given(section):
            painter.setFont(theme.font("tiny"))
            painter.setPen(theme.color("faint"))
            painter.drawText(
                inner.adjusted(0, px(20), 0, 0), Qt.AlignmentFlag.AlignVCenter, self._chip(section)
            )
            return
        role = self._shown.role_of(section)
        text = f"{self._chip(section)} ▾"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("tiny", bold=bool(role)))
        width = min(inner.width(), painter.fontMetrics().horizontalAdvance(text) + px(14))
        box = QRect(inner.left(), inner.bottom() - px(17), width, px(17))
        painter.setPen(theme.color("accent" if role else "border"))
        painter.setBrush(theme.color("accent_soft" if role else "panel"))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), px(8), px(8))
        painter.setPen(theme.color("accent" if role else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class PreviewTable(QTableView):
    """The table of the first records; Alt+↓ offers the roles of the present column."""

    role_asked = Signal(int)

    def __init__(self, model: PreviewModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = model
        self._theme = theme
        self.setModel(model)
        header = RoleHeader(model, theme, self)
        header.asked.connect(self.role_asked)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(24))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Premiers objets lus"))

    def fit(self) -> None:
        """Give each column the room of its words, the longest ones not all of it."""
        self.resizeColumnsToContents()
        widest = self._theme.px(220)
        for section in range(self._shown.columnCount()):
            self.setColumnWidth(section, min(self.columnWidth(section), widest))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down
        if down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            section = self.currentIndex().column()
            if section > 0 and not self._shown.is_given(section):
                self.role_asked.emit(section)
            return
        super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def menu_place(self, section: int) -> QPoint:
        """Under the chip of a section, on the screen."""
        header = self.horizontalHeader()
        x = header.sectionViewportPosition(section)
        return header.viewport().mapToGlobal(QPoint(x, header.height()))


def role_menu(parent: QWidget, present: str, chosen: Callable[[str], None], why: str = "") -> QMenu:
    """The roles that a column may play, the present one ticked, and why it was proposed."""
    menu = QMenu(parent)
    if why:
        reason = menu.addAction(why)
        reason.setEnabled(False)
        menu.addSeparator()
    for role in ("", *words.ROLES):
        action = menu.addAction(_(words.ROLES[role]) if role else _("Un champ parmi d’autres"))
        action.setCheckable(True)
        action.setChecked(role == present)
        action.triggered.connect(lambda _on=False, role=role: chosen(role))
    return menu
