"""The « Présents » dock: who is at a desk now, at which post, and what they read or write."""

from collections.abc import Iterable
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.sync.wire import Presence
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.kit.initials import face_picture
from desktop.kit.pieces import clear, words


class PresencePanel(QWidget):
    """One row per person; pressing what they read opens it here too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._labels: dict[str, str] = {}
        self.setObjectName("presencePanel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = desk.theme.px
        self.empty = EmptyState(desk.theme)
        page = QWidget()
        page.setProperty("surface", "clear")
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(px(12), px(10), px(12), px(12))
        self._rows.setSpacing(px(8))
        self.reader = QScrollArea()
        self.reader.setWidgetResizable(True)
        self.reader.setWidget(page)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.reader)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.reader)
        self.setMinimumWidth(px(240))
        desk.link.presence_changed.connect(self._read)
        desk.link.status_changed.connect(self._draw)
        desk.theme.changed.connect(self._draw)
        self._draw()

    def _read(self, _uids: object = None) -> None:
        """Entries are named by their number: read those that people are at."""
        node = self._desk.node
        uids = {p.entity for p in self._desk.link.present if p.entity} - set(self._labels)
        if not uids:
            self._draw()
            return
        self._desk.tasks.run(lambda: _labels(node, uids), self._named)

    def _named(self, labels: dict[str, str]) -> None:
        self._labels |= labels
        self._draw()

    def _draw(self, _status: object = None) -> None:
        clear(self._rows)
        present = self._desk.link.present
        title = _("Présents ({n})").format(n=len(present)) if present else _("Présents")
        self._desk.docks.set_title("present", title)
        self._stack.setCurrentIndex(1 if present else 0)
        if not present:
            self._say_nobody()
            return
        for one in present:
            self._rows.addWidget(self._row(one))
        self._rows.addStretch(1)

    def _say_nobody(self) -> None:
        if self._desk.link.status.state == "online":
            self.empty.say(
                "users",
                _("Personne d’autre n’est là"),
                _("Quand un autre poste se connecte au centre, son nom et ce qu’il lit sont ici."),
            )
        else:
            self.empty.say(
                "users",
                _("Hors ligne, on ne voit personne"),
                _("Les présents reviendront avec la liaison. Continuez à écrire."),
            )

    def _row(self, one: Presence) -> QWidget:
        theme, px = self._desk.theme, self._desk.theme.px
        box = QWidget()
        line = QVBoxLayout(box)
        line.setContentsMargins(px(34), 0, 0, 0)
        line.setSpacing(0)
        picture = QLabel(box)
        picture.setPixmap(face_picture(theme, one, px(26)))
        picture.move(0, px(2))
        line.addWidget(words(one.person or one.account))
        where = " – ".join(part for part in (one.post, one.station) if part)
        line.addWidget(words(where, role="small", ink="muted"))
        if label := self._labels.get(one.entity, ""):
            line.addWidget(self._at(one, label), 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _at(self, one: Presence, label: str) -> QToolButton:
        said = _("écrit dans {label}") if one.doing == "writing" else _("lit {label}")
        button = QToolButton()
        button.setText(said.format(label=label))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon = "pencil" if one.doing == "writing" else "eye"
        button.setIcon(self._desk.theme.icon(icon, "accent"))
        button.setToolTip(_("Ouvrir cette entrée"))
        button.clicked.connect(lambda: self._desk.shared.open(one.entity))
        return button


def _labels(node: Node, uids: Iterable[str]) -> dict[str, str]:
    """The numbers of entries; one that this desk does not hold stays nameless."""
    found: dict[str, str] = {}
    for uid in uids:
        with suppress(BeffroiError):
            found[uid] = node.logbook.entry(uid).label
    return found
