"""« Vérifier l’intégrité »: what is whole in words, or the first broken link, in sight and by ear."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.access import trail_words
from beffroi.access.trace import Verdict
from beffroi.text import _
from desktop.kit.pieces import clear, words
from desktop.kit.theme import Theme


class Integrity(QWidget):
    """The last verdict; hidden until there is one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdicts: Sequence[Verdict] = ()
        self._when = ""
        self._hub = False
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._layout.setSpacing(theme.px(4))
        self.hide()
        theme.changed.connect(self._draw)

    @property
    def sentences(self) -> list[str]:
        """What is said now."""
        return [self._said(verdict) for verdict in self._verdicts]

    def say(self, verdicts: Sequence[Verdict], when: str, *, hub: bool = False) -> None:
        """Show the verdicts of `when` (in words) on this profile or the hub, the broken ones first."""
        self._hub = hub
        self._verdicts = sorted(verdicts, key=lambda verdict: verdict.whole)
        self._when = when
        self._draw()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _said(self, verdict: Verdict) -> str:
        return trail_words.sentence(verdict, hub=self._hub)

    def forget(self) -> None:
        """There is no verdict any more: other traces are shown."""
        self._verdicts = ()
        self.hide()

    def _draw(self) -> None:
        clear(self._layout)
        if not self._verdicts:
            return
        whole = all(verdict.whole for verdict in self._verdicts)
        title = _("Intégrité vérifiée à {when}") if whole else _("Rupture constatée à {when}")
        head = words(
            title.format(when=self._when), role="title", ink="ok" if whole else "danger", wrap=False
        )
        self._layout.addWidget(head)
        for verdict in self._verdicts:
            self._layout.addWidget(self._line(verdict))
        self.setAccessibleName(" ".join((title.format(when=self._when), *self.sentences)))
        self._keep_whole()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def _keep_whole(self) -> None:
        """However low the dock is, a verdict is never cut: the table gives way."""
        self._layout.activate()
        self.setMinimumHeight(max(0, self._layout.totalHeightForWidth(self.width())))

    def _line(self, verdict: Verdict) -> QWidget:
        line = QWidget(self)
        picture = QLabel(line)
        name, ink = ("circle-check", "ok") if verdict.whole else ("alert-octagon", "danger")
        side = self._theme.px(16)
        picture.setPixmap(self._theme.icon(name, ink).pixmap(QSize(side, side)))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(8))
        layout.addWidget(picture)
        layout.addWidget(words(self._said(verdict), ink="" if verdict.whole else "danger"), 1)
        return line
