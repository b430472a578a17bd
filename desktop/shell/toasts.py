"""Notices stacked in the bottom right corner: good news fades, warnings wait to be dismissed."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import N_, _
from desktop.kit.notices import Notice, Notices
from desktop.kit.theme import Theme

LOOKS = {
    "info": ("info-circle", "accent", N_("Information")),
    "done": ("circle-check", "ok", N_("C’est fait")),
    "warning": ("alert-triangle", "warning", N_("Attention")),
    "error": ("bug", "danger", N_("Erreur")),
}
"""Icon, colour and word of each kind of notice."""
SHORT_MS = 4500
MOST = 4
_WIDTH = 380
_MARGIN = 14


class Toast(QFrame):
    """One notice on screen."""

    gone = Signal(object)

    def __init__(self, notice: Notice, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setObjectName("toast")
        self.setProperty("level", notice.level)
        icon, token, word = LOOKS[notice.level]
        self.setAccessibleName(f"{_(word)} : {notice.text}")
        mark = QLabel(self)
        mark.setPixmap(theme.icon(icon, token).pixmap(theme.px(18), theme.px(18)))
        text = QLabel(notice.text, self)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        close = QToolButton(self)
        close.setIcon(theme.icon("x"))
        close.setToolTip(_("Fermer"))
        close.setAccessibleName(_("Fermer ce message"))
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        row.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 6, 9)
        layout.addLayout(row)
        if notice.action or notice.details:
            layout.addWidget(self._action(), alignment=Qt.AlignmentFlag.AlignRight)
        if not notice.stays:
            self._life = QTimer(self, singleShot=True, interval=SHORT_MS)
            self._life.timeout.connect(self.dismiss)
            self._life.start()

    def _action(self) -> QPushButton:
        word, run = self.notice.action or (_("Copier les détails"), self._copy)
        button = QPushButton(word, self)
        button.setProperty("kind", "quiet")
        button.clicked.connect(run)
        if self.notice.action:
            button.clicked.connect(self.dismiss)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.notice.details)

    def dismiss(self) -> None:
        """Go away."""
        self.gone.emit(self)

    @override
    def enterEvent(self, event: QEvent) -> None:
        if not self.notice.stays:
            self._life.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if not self.notice.stays:
            self._life.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class Toasts(QObject):
    """The stack of notices of a window."""

    def __init__(self, window: QWidget, notices: Notices, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._toasts: list[Toast] = []
        self._held = False
        notices.posted.connect(self.show)
        theme.changed.connect(self.place)

    @property
    def visible(self) -> list[Toast]:
        """The notices on screen, oldest first."""
        return list(self._toasts)

    def show(self, notice: Notice) -> None:
        """Stack one more notice; the same words or the same topic twice stay one notice."""
        for toast in [t for t in self._toasts if _same(t.notice, notice)]:
            self._remove(toast)
        fleeting = [t for t in self._toasts if not t.notice.stays]
        for toast in fleeting[: max(0, len(self._toasts) - MOST + 1)]:
            self._remove(toast)
        toast = Toast(notice, self._theme, self._window)
        toast.gone.connect(self._remove)
        self._toasts.append(toast)
        toast.setVisible(not self._held)
        self.place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, toast.accessibleName()))

    def hold(self, *, held: bool) -> None:
        """Keep notices out of sight while the desk is locked, and show them after."""
        self._held = held
        for toast in self._toasts:
            toast.setVisible(not held)

    def dismiss_last(self) -> None:
        """Dismiss the latest notice."""
        if self._toasts:
            self._remove(self._toasts[-1])

    def _remove(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self.place()

    def place(self) -> None:
        """Stack from the bottom right corner up."""
        bottom = self._window.height() - _MARGIN - self._theme.px(24)
        for toast in reversed(self._toasts):
            width = min(self._theme.px(_WIDTH), self._window.width() - 2 * _MARGIN)
            toast.resize(width, toast.heightForWidth(width))
            bottom -= toast.height()
            toast.move(self._window.width() - toast.width() - _MARGIN, bottom)
            toast.raise_()
            bottom -= 8


def _same(one: Notice, other: Notice) -> bool:
    return one.text == other.text or bool(one.topic and one.topic == other.topic)
