"""What lies under the bandeau's link: the hub, the last contact, what waits, what can be done."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.sync.status import LinkStatus
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.pieces import clear, pairs, words
from desktop.sync.words import contact, link_words, refused, skew, waiting


class LinkPopover(QFrame):
    """Opens under `anchor`; what it says follows the link while it is open."""

    def __init__(self, desk: Desk, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self._desk = desk
        self._anchor = anchor
        self.setObjectName("linkPopover")
        self.setProperty("surface", "card")
        self.setAccessibleName(_("État de la liaison"))
        px = desk.theme.px
        self.setFixedWidth(px(390))
        self._picture = QLabel()
        self.title = words("", role="title")
        head = QHBoxLayout()
        head.setSpacing(px(9))
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self.why = words("", ink="danger")
        self._facts = QVBoxLayout()
        self.retry = QPushButton(_("Réessayer maintenant"))
        self.retry.setProperty("kind", "primary")
        self.retry.clicked.connect(self._retry)
        self.settle = QPushButton(_("Voir ce qui a été refusé"))
        self.settle.clicked.connect(self._to_refusals)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.settle)
        buttons.addWidget(self.retry)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), px(12), px(14), px(12))
        whole.setSpacing(px(8))
        whole.addLayout(head)
        whole.addWidget(self.why)
        whole.addLayout(self._facts)
        whole.addLayout(buttons)
        desk.link.status_changed.connect(self._follow)
        desk.link.erased.connect(self._vanish)

    def open(self) -> None:
        """Show under the bandeau's cell, the keyboard on what can be done."""
        self.draw()
        self._fit()
        anchor = self._anchor
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 2))
        corner.setX(max(corner.x(), anchor.screen().availableGeometry().left() + 4))
        self.move(corner)
        self.show()
        (self.retry if self.retry.isEnabled() else self).setFocus()

    def draw(self) -> None:
        """Say how the link stands now."""
        status, node, theme = self._desk.link.status, self._desk.node, self._desk.theme
        zone, now = ZoneInfo(node.info.zone), node.clock.now()
        said = link_words(status, zone, now)
        side = theme.px(20)
        self._picture.setPixmap(theme.icon(said.icon, said.ink).pixmap(side, side))
        self.title.setText(said.value)
        self.why.setText(status.sentence)
        self.why.setProperty("ink", "muted" if status.state == "offline" else "danger")
        self.why.style().polish(self.why)
        self.why.setVisible(bool(status.sentence))
        clear(self._facts)
        self._facts.addWidget(pairs(theme, self._rows(status, now)))
        self.settle.setVisible(status.quarantined > 0)
        self.retry.setEnabled(status.state in {"offline", "refused"})

    def _rows(self, status: LinkStatus, now: int) -> list[tuple[str, str]]:
        rows = [
            (_("Centre"), self._desk.link.hub),
            (_("Contact"), contact(status, now)),
            (_("À envoyer"), waiting(status.waiting) if status.waiting else _("rien n’attend")),
            (_("Refusés"), refused(status.quarantined) if status.quarantined else _("aucun")),
        ]
        if status.state == "catching_up" and status.total:
            rows.append(
                (
                    _("Rattrapage"),
                    _("{done} sur {total}").format(done=status.done, total=status.total),
                )
            )
        if warning := skew(status):
            rows.append((_("Heure"), warning))
        return rows

    def _follow(self, _status: object) -> None:
        if self.isVisible():
            self.draw()
            self._fit()

    def _vanish(self, _sentence: str, _salvage: str) -> None:
        self.hide()

    def _fit(self) -> None:
        """As high as its words need at its width, and no higher."""
        self._whole.activate()
        self.resize(self.width(), self._whole.totalHeightForWidth(self.width()))

    def _retry(self) -> None:
        self.hide()
        self._desk.link.retry_asked.emit()

    def _to_refusals(self) -> None:
        self.hide()
        self._desk.docks.show("settle")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
