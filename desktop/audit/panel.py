"""The dock of the security officer: filters, the table of traces, one of them whole, the verdict."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.access.trace import Trace, Verdict
from beffroi.clock import to_datetime
from beffroi.text import _, number
from desktop.api import Desk
from desktop.audit import row_menu
from desktop.audit.details import Details
from desktop.audit.filter_bar import FilterBar
from desktop.audit.integrity import Integrity
from desktop.audit.model import TraceModel
from desktop.audit.source import HubSource, StationSource, TraceSource
from desktop.audit.table import TraceTable
from desktop.kit.empty import EmptyState
from desktop.kit.flow import FlowBox

_WIDE = 900
"""The width (at 100 %) from which the trace that is read whole stands beside the table."""


class AuditPanel(QWidget):
    """Reads this station's traces, or the hub's."""

    def __init__(self, desk: Desk, hub: HubSource | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("auditPanel")
        self._zone = ZoneInfo(desk.node.info.zone)
        self._sources: list[tuple[str, TraceSource]] = [(_("Ce poste"), StationSource(desk.node))]
        if hub is not None:
            self._sources.insert(0, (_("Le hub"), hub))
        self.filters = FilterBar(desk.theme, desk.node.clock, self._zone, self)
        self.where = QComboBox(self)
        self.model = TraceModel(desk.tasks, desk.theme, self._zone, self)
        self.table = TraceTable(desk.theme, self.model, self)
        self.details = Details(desk.theme, self._zone, self)
        self.integrity = Integrity(desk.theme, self)
        self.empty = EmptyState(desk.theme)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.stack = QStackedWidget(self)
        self.count = QLabel(self)
        self.verify_button = QPushButton(_("Vérifier l’intégrité"), self)
        self.cef_button = QPushButton(_("Exporter en CEF…"), self)
        self.json_button = QPushButton(_("Exporter en JSON…"), self)
        self._lay_out()
        self._connect()
        self._draw()
        self.read()

    @property
    def source(self) -> TraceSource:
        """Whose traces are shown."""
        return self._sources[max(0, self.where.currentIndex())][1]

    def _lay_out(self) -> None:
        theme = self.desk.theme
        for name, _source in self._sources:
            self.where.addItem(name)
        self.where.setAccessibleName(_("Traces de"))
        self.where.setVisible(len(self._sources) > 1)
        self.verify_button.setProperty("kind", "primary")
        acts = FlowBox(gap=theme.px(8))
        for part in (
            self.where, self.verify_button, self.cef_button, self.json_button, self.count,
        ):  # fmt: skip
            acts.flow.addWidget(part)
        self.split.addWidget(self.table)
        self.split.addWidget(self.details)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.details.setMinimumWidth(theme.px(220))
        self.stack.setMinimumHeight(theme.px(90))
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.empty)
        margin = theme.px(10)
        top = QVBoxLayout()
        top.setContentsMargins(margin, margin, margin, 0)
        top.setSpacing(theme.px(8))
        top.addWidget(self.filters)
        top.addWidget(acts)
        top.addWidget(self.integrity)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)
        order = (
            self.filters.clear_button, self.where, self.verify_button, self.cef_button,
            self.json_button, self.table, self.details,
        )  # fmt: skip
        for first, then in pairwise(order):
            QWidget.setTabOrder(first, then)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.filters.wished.connect(lambda _wish: self.read())
        self.where.currentIndexChanged.connect(self._elsewhere)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.activated.connect(self._open)
        self.verify_button.clicked.connect(self.verify)
        self.cef_button.clicked.connect(partial(self._ask_where, "cef"))
        self.json_button.clicked.connect(partial(self._ask_where, "json"))
        self.empty.asked.connect(self.filters.clear)
        self.table.customContextMenuRequested.connect(self._offer)
        self.desk.theme.changed.connect(self._draw)

    def _draw(self) -> None:
        self.table.draw()
        self.model.redraw()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.desk.theme.px(360), self.desk.theme.px(440))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(_WIDE)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if way != self.split.orientation():
            self.split.setOrientation(way)
            self.split.setSizes([3, 1] if wide else [2, 1])

    # Reading

    def read(self) -> None:
        """Read the traces again, newest first."""
        wish, source = self.filters.wish, self.source
        self.count.setText(_("Lecture…"))
        self.model.show(lambda after: source.page(wish, after))

    def _elsewhere(self, _index: int) -> None:
        self.integrity.forget()
        self.details.show_trace(None)
        self.read()

    def _settled(self) -> None:
        shown = len(self.model.traces)
        if shown and not self.table.currentIndex().isValid():
            self.details.show_trace(None)
        self.stack.setCurrentIndex(0 if shown else 1)
        self.count.setText(_said_count(shown, more=self.model.more))
        if not shown:
            self.empty.say(
                "search",
                _("Aucune trace ne répond à ces filtres"),
                _("Élargissez la période, ou effacez les filtres."),
                _("Effacer les filtres"),
            )

    def _failed(self, error: BaseException) -> None:
        self.desk.notices.failure(error)
        self.count.setText(_("Les traces n’ont pas pu être lues."))

    @property
    def chosen(self) -> Trace | None:
        """The trace under the cursor."""
        row = self.table.currentIndex().row()
        return self.model.traces[row] if 0 <= row < len(self.model.traces) else None

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.details.show_trace(self.chosen)

    def _open(self, _index: QModelIndex) -> None:
        """Show the traces of the same object."""
        if (trace := self.chosen) is not None and trace.object:
            self.filters.about.setText(trace.label or trace.object)

    def _offer(self, at: QPoint) -> None:
        """What can be done with the trace under the pointer or the cursor."""
        if (trace := self.chosen) is not None:
            row_menu.offer(self.filters, trace, self.table, self.table.viewport().mapToGlobal(at))

    # Proving

    def verify(self) -> None:
        """Follow every chain, link by link."""
        self._busy(self.verify_button, _("Vérification…"), on=True)
        self.desk.tasks.run(self.source.verify, self._proved, self._not_proved)

    def _proved(self, verdicts: list[Verdict]) -> None:
        self._busy(self.verify_button, _("Vérifier l’intégrité"), on=False)
        now = to_datetime(self.desk.node.clock.now(), self._zone)
        self.integrity.say(verdicts, f"{now:%H:%M}", hub=isinstance(self.source, HubSource))
        self.read()

    def _not_proved(self, error: BaseException) -> None:
        self._busy(self.verify_button, _("Vérifier l’intégrité"), on=False)
        self.desk.notices.failure(error)

    def _busy(self, button: QPushButton, text: str, *, on: bool) -> None:
        held = button.hasFocus()
        button.setText(text)
        button.setEnabled(not on)
        if held and on:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Taking away

    def _ask_where(self, form: str) -> None:
        now = to_datetime(self.desk.node.clock.now(), self._zone)
        name = f"traces-{now:%Y%m%d-%H%M}.{form}"
        dialog = QFileDialog(self.window(), _("Exporter les traces"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.export(Path(path), form))
        dialog.open()

    def export(self, path: Path, form: str, done: Callable[[], None] | None = None) -> None:
        """Write all that answers the filters into `path`."""
        wish, source = self.filters.wish, self.source

        def told(_none: None) -> None:
            self.desk.notices.done(_("Traces exportées dans {name}.").format(name=path.name))
            self.read()
            if done is not None:
                done()

        self.desk.tasks.run(lambda: source.export(wish, path, form), told)


def _said_count(shown: int, *, more: bool) -> str:
    if more:
        return _("{n} traces lues, d’autres suivent").format(n=number(shown))
    if shown == 1:
        return _("1 trace")
    return _("{n} traces").format(n=number(shown))
