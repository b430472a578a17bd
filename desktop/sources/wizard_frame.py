"""The wizard's window as it is laid out: where from on the left, what was understood on the right."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.api import Desk
from desktop.kit import screens
from desktop.kit.pieces import Section, words
from desktop.sources.door import Reader
from desktop.sources.make_up import MakeUp
from desktop.sources.origin_pane import OriginPane
from desktop.sources.parts_list import PartsList
from desktop.sources.understood_pane import UnderstoodPane


class WizardFrame(QWidget):
    """A window of its own, so that the desk stays usable; it decides nothing."""

    def __init__(self, desk: Desk, reader: Reader, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        theme = desk.theme
        self.setObjectName("desk")
        self.setAcceptDrops(True)
        self.origin = OriginPane(theme, reader.formats, self)
        self.parts = PartsList(theme, self)
        self.understood = UnderstoodPane(
            theme, desk.tasks, reader.formats, ZoneInfo(desk.node.info.zone), self
        )
        self.make_up = MakeUp(desk, self)
        self.queue = words("", role="small", ink="muted")
        self.queue.hide()
        self.trouble = words("", ink="danger")
        self.add = QPushButton(_("Ajouter"), self)
        self.add.setProperty("kind", "primary")
        self.leave = QPushButton(_("Fermer"), self)
        self.leave.clicked.connect(self.close)
        self.skip = QPushButton(_("Passer ce fichier"), self)
        self.skip.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(10))
        where = Section(self._desk.theme, _("D’où vient-elle\u202f?"))
        where.add(self.origin)
        column.addWidget(where)
        column.addWidget(self.queue)
        column.addWidget(self.parts, 1)
        column.addStretch(0)
        right = Section(self._desk.theme, _("Ce que Beffroi a compris"))
        right.body.addWidget(self.understood, 1)
        right.body.setContentsMargins(px(8), 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([px(290), px(900)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.trouble, 1)
        for button in (self.skip, self.leave, self.add):
            foot.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(14), px(12), px(14), px(12))
        outer.setSpacing(px(10))
        outer.addWidget(split, 1)
        outer.addWidget(self.make_up)
        outer.addLayout(foot)
        screens.fit(self, px(1240), px(800))
