"""One dossier in the list of dossiers: its gravity, its title, its state, how many entries."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.logbook.dossiers import DOSSIER_STATUS_WORDS, Dossier, DossierStatus
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook import paint, wording


class DossierRow(QWidget):
    """Two lines."""

    def __init__(self, theme: Theme, dossier: Dossier) -> None:
        super().__init__()
        self._theme = theme
        self._dossier = dossier
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, px, dossier = self._theme, self._theme.px, self._dossier
        side = px(20)
        badge = QRectF(px(10), (self.height() - side) / 2, side, side)
        paint.gravity_badge(painter, badge, dossier.gravity, theme)
        left, width = px(40), self.width() - px(50)
        closed = dossier.status is DossierStatus.CLOSED
        title = QRectF(left, px(5), width, px(18))
        paint.lit_text(
            painter,
            title,
            f"{dossier.number} – {dossier.title}",
            theme.font("body", bold=not closed),
            theme.color("muted" if closed else "text"),
            lit=[],
            glow=theme.color("panel"),
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        below = f"{_(DOSSIER_STATUS_WORDS[dossier.status])} · " + wording.entries_count(
            len(dossier.entries)
        )
        painter.drawText(QRectF(left, px(24), width, px(16)), Qt.AlignmentFlag.AlignVCenter, below)
        painter.setPen(theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
