"""The window where a calque is given its style, its filter, its name: the map shows it as it will be."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.layers.calques import Calque, checked
from beffroi.layers.held_entries import GRAVITY
from beffroi.observations import Columns
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.swatch import Form
from desktop.layers.branches import group_names
from desktop.layers.calques import Calques
from desktop.layers.display_form import DisplayForm
from desktop.layers.filter_form import FilterForm
from desktop.layers.serving import Serving
from desktop.layers.style_form import StyleForm

_CALM_MS = 150


class Editor(QDialog):
    """Edits one calque; nothing is kept before « Appliquer »."""

    def __init__(
        self, desk: Desk, calques: Calques, serving: Serving, uid: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._calques, self._serving = desk, calques, serving
        self.uid = uid
        self.calque = calques[uid].calque
        self.setWindowTitle(_("Calque – {title}").format(title=self.calque.title))
        self.style_form = StyleForm(desk.theme, self)
        self.filter_form = FilterForm(desk.theme, desk.node.clock.now, self)
        self.display_form = DisplayForm(self)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setProperty("ink", "danger")
        self.problem.hide()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._preview)
        self._lay_out()
        self.style_form.changed.connect(lambda _style: self._calm.start())
        self.style_form.values_asked.connect(self._read_values)
        self.filter_form.changed.connect(self._calm.start)
        self.display_form.changed.connect(self._calm.start)
        self.display_form.begin(self.calque, group_names(calques.kept.values()))
        if self.calque.kind == "query":
            self.tabs.setTabEnabled(1, False)
            self._begin([GRAVITY])
        else:
            fields = partial(desk.node.observations.field_names, self.calque.source)
            desk.tasks.run(fields, self._begin)

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        for words, form in (
            (_("Style"), self.style_form), (_("Filtre"), self.filter_form),
            (_("Affichage"), self.display_form),
        ):  # fmt: skip
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setWidget(form)
            self.tabs.addTab(area, words)
        box = QDialogButtonBox(self)
        keep = box.addButton(_("Appliquer"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        box.addButton(_("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.keep)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.problem)
        layout.addWidget(box)
        self.resize(self._desk.theme.px(520), self._desk.theme.px(720))

    def _begin(self, fields: list[str]) -> None:
        held = self._serving.held(self.uid)
        form: Form = held.form if held is not None and held.loaded else "point"
        self.style_form.begin(self.calque.style, fields, form)
        self.filter_form.begin(fields, self.calque.filter, self.calque.recent_s)
        self._calm.stop()

    def _read_values(self, field: str) -> None:
        if field == GRAVITY:
            self.style_form.set_values(field, [str(level) for level in range(5)])
            return
        observations, calque = self._desk.node.observations, self.calque
        work: Callable[[], Columns] = partial(
            observations.columns, calque.source, [field], where=calque.filter, middles=True
        )
        self._desk.tasks.run(
            work, lambda columns: self.style_form.set_values(field, columns.values[field])
        )

    @property
    def edited(self) -> Calque:
        """The calque as it is written now."""
        calque = msgspec.structs.replace(
            self.calque, style=self.style_form.style_now, filter=self.filter_form.wheres,
            recent_s=self.filter_form.recent_s,
        )  # fmt: skip
        return self.display_form.written_on(calque)

    def _preview(self) -> None:
        self._tell(self._flaw())
        if not self.problem.text():
            self._serving.preview(self.uid, self.edited)

    def _flaw(self) -> str:
        try:
            checked(self.edited)
        except BeffroiError as error:
            return str(error)
        return ""

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def keep(self) -> None:
        """Write the calque, when it can be kept, and close."""
        self._calm.stop()
        self._tell(self._flaw())
        if self.problem.text():
            return
        if self.edited == self.calque:
            self.reject()
            return
        self._calques.put(self.uid, self.edited)
        self.accept()

    @override
    def reject(self) -> None:
        """Leave it as it was, on the map too."""
        self._calm.stop()
        self._serving.tell()
        super().reject()
