"""The dock of tracks: alerts first, then what moves, then the stage."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from beffroi.text import _
from beffroi.tracks.following import Moving
from beffroi.tracks.rules import Setup
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.tracks.alert_cards import AlertCards
from desktop.tracks.bubble_form import BubbleForm
from desktop.tracks.model import NAME, SPEED, STATE, TrackModel
from desktop.tracks.replay_bar import ReplayBar
from desktop.tracks.setups import Setups
from desktop.tracks.stage_panel import StagePanel
from desktop.tracks.tracker import Tracker
from desktop.tracks.words import count

DOCK = "tracks"


class TracksPanel(QWidget):
    """Everything about what moves."""

    chosen = Signal(str)
    """A track (uid) was chosen; empty for none."""
    shown = Signal(object)
    """The map is to go to this `Moving`."""

    def __init__(self, desk: Desk, tracker: Tracker, setups: Setups) -> None:
        super().__init__()
        self._desk = desk
        self._tracker = tracker
        self._setups = setups
        self._form: BubbleForm | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = TrackModel(desk.theme, setups.zone)
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.bubble = QPushButton(desk.theme.icon("target"), _("Bulle…"))
        self.bubble.clicked.connect(self.ask_bubble)
        self.cards = AlertCards(desk, tracker, setups)
        self.list = self._list()
        self.empty = EmptyState(desk.theme)
        self.replay = ReplayBar(desk, tracker)
        self.stage = StagePanel(desk, tracker, setups)
        self._forms = QVBoxLayout()
        self._build()
        self.empty.asked.connect(self.replay.ask)
        tracker.moved.connect(self.draw)
        tracker.ticked.connect(self.draw)
        tracker.alerts_changed.connect(self.draw)

    def _list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAccessibleName(_("Pistes"))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        head = view.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(SPEED, QHeaderView.ResizeMode.ResizeToContents)
        view.selectionModel().currentRowChanged.connect(self._current)
        view.activated.connect(self._activated)
        return view

    def _build(self) -> None:
        px = self._desk.theme.px
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.bubble)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.list)
        self.stack.setMinimumHeight(px(150))
        self.empty.say(
            "current-location",
            _("Rien ne bouge encore"),
            _("Ajoutez une source CoT, AIS ou ADS-B, ou rejouez une trace GPX."),
            _("Rejouer un GPX…"),
        )
        page = QWidget()
        page.setProperty("surface", "clear")
        lines = QVBoxLayout(page)
        lines.setContentsMargins(px(12), px(8), px(12), px(10))
        lines.setSpacing(px(8))
        lines.addLayout(head)
        lines.addWidget(self.cards)
        lines.addLayout(self._forms)
        lines.addWidget(self.stack, 1)
        lines.addWidget(self.replay)
        lines.addWidget(self.stage)
        reader = QScrollArea()
        reader.setWidgetResizable(True)
        reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        reader.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(reader)

    # --- drawing

    def draw(self, *_what: object) -> None:
        """Show the tracks as they are now."""
        now = self._tracker.now
        moving, uid = self._tracker.following.moving(now), self.uid
        self.model.show(moving)
        self._choose(uid)
        waiting = len(self._tracker.following.alerts(now, waiting=True))
        self.count.setText(count(len(moving), waiting))
        self.stack.setCurrentIndex(1 if moving else 0)
        self.bubble.setEnabled(self.uid != "" and self._may)
        title = _("Pistes ({n})").format(n=waiting) if waiting else _("Pistes")
        self._desk.docks.set_title(DOCK, title)

    @property
    def _may(self) -> bool:
        """Whether whoever sits here may say how tracks are followed."""
        return self._desk.node.who.may_write and self._desk.link.may("edit", "track")

    # --- the chosen track

    @property
    def uid(self) -> str:
        """The chosen track; empty for none."""
        row = self.list.currentIndex().row()
        return self.model.rows[row].uid if 0 <= row < len(self.model.rows) else ""

    def choose(self, uid: str) -> None:
        """Choose a track."""
        self._choose(uid)

    def _choose(self, uid: str) -> None:
        row = self.model.row_of(uid) if uid else -1
        if row < 0 or row == self.list.currentIndex().row():
            return
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().setCurrentIndex(
            self.model.index(row, 0), flags.ClearAndSelect | flags.Rows
        )

    def _current(self, now: QModelIndex, _before: QModelIndex) -> None:
        uid = self.model.rows[now.row()].uid if now.isValid() else ""
        self.bubble.setEnabled(uid != "" and self._may)
        self.chosen.emit(uid)

    def _activated(self, index: QModelIndex) -> None:
        self.shown.emit(self.model.rows[index.row()])

    def moving(self) -> Moving | None:
        """The chosen track as it is now."""
        return self._tracker.following.one(self.uid, self._tracker.now) if self.uid else None

    # --- the bubble

    def ask_bubble(self) -> None:
        """Ask how the chosen track is to be followed."""
        uid = self.uid
        if not uid or not self._may:
            return
        self._leave_form()
        known = self._setups.now.setups.get(uid)
        setup = known[1] if known else Setup(track=uid, stage=self.stage.uid)
        self._form = BubbleForm(self._desk, self._setups, setup, known=known is not None)
        self._form.closed.connect(self._leave_form)
        self._forms.addWidget(self._form)
        self._form.begin()

    def _leave_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self.list.setFocus()
