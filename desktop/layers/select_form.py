"""Select and join: « les sites à moins de 500 m de… », « les entrées dans ce périmètre depuis 2 h »."""

from functools import partial

import msgspec
import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.calques import Calque, Kind
from beffroi.layers.selecting import Relation
from beffroi.plugin import Geometry
from beffroi.text import N_, _, ngettext, number
from desktop.api import Desk
from desktop.kit import rows
from desktop.kit.shared import Shown
from desktop.layers.calques import Calques
from desktop.layers.filter_form import RECENT
from desktop.layers.selecting import Question, Selected, answer

RELATIONS: tuple[tuple[Relation, str], ...] = (
    ("within", N_("à moins de")), ("inside", N_("à l’intérieur de")), ("outside", N_("hors de")),
)  # fmt: skip
_REFERENCES: dict[Kind, str] = {
    "source": N_("les objets de «\u202f{title}\u202f»"),
    "drawing": N_("les dessins de «\u202f{title}\u202f»"),
}


class SelectForm(QDialog):
    """Asks the question, says how many answer, shows them as one likes."""

    found = Signal(object)
    """Show this result (`Selected`) as a table."""

    def __init__(
        self, desk: Desk, calques: Calques, uid: str, chosen: int, parent: QWidget
    ) -> None:
        """`chosen` is the object (rid) that is chosen on the map or in a table, 0 when none is."""
        super().__init__(parent)
        self._desk, self._calques, self._uid, self._chosen = desk, calques, uid, chosen
        self._selected: Selected | None = None
        self.setWindowTitle(_("Sélectionner et croiser"))
        self.target, self.relation = QComboBox(self), QComboBox(self)
        self.reference, self.recent = QComboBox(self), QComboBox(self)
        self.metres = QSpinBox(self)
        self.metres.setRange(1, 500_000)
        self.metres.setValue(500)
        self.metres.setSuffix(" m")
        self.metres.setGroupSeparatorShown(True)
        self.seek = QPushButton(_("Chercher"), self)
        self.seek.setDefault(True)
        self.seek.setProperty("kind", "primary")
        self.answer_words = QLabel(_("Choisissez ce qui est cherché, et près de quoi."), self)
        self.answer_words.setWordWrap(True)
        self.table = QPushButton(_("Voir la table"), self)
        self.select = QPushButton(_("Sélectionner"), self)
        self.make = QPushButton(_("En faire un calque"), self)
        self._fill()
        self._lay_out()
        self._connect()
        self._say(None)

    def _fill(self) -> None:
        calque = self._calques[self._uid].calque
        if calque.kind == "source":
            words = _("Objets de «\u202f{title}\u202f»").format(title=calque.title)
            self.target.addItem(words, "calque")
        self.target.addItem(_("Entrées de la main courante"), "entries")
        for code, words in RELATIONS:
            self.relation.addItem(_(words), code)
        if self._chosen:
            self.reference.addItem(_("l’objet choisi"), "chosen")
        self.reference.addItem(_("un lieu à cliquer sur la carte"), "pick")
        self.reference.addItem(_("ce que montre la carte"), "extent")
        for kept in self._calques.kept.values():
            if said := _REFERENCES.get(kept.calque.kind):
                words = _(said).format(title=kept.calque.title)
                self.reference.addItem(words, f"calque/{kept.uid}")
        if calque.kind == "drawing":
            self.reference.setCurrentIndex(self.reference.findData(f"calque/{self._uid}"))
            self.relation.setCurrentIndex(self.relation.findData("inside"))
        for seconds, words in RECENT:
            self.recent.addItem(_(words), seconds)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Chercher"), self.target)
        near = QHBoxLayout()
        near.addWidget(self.relation, 1)
        near.addWidget(self.metres)
        form.addRow(_("qui sont"), near)
        form.addRow(_("de quoi"), self.reference)
        form.addRow(_("et"), self.recent)
        rows.align(form)
        shows = QHBoxLayout()
        for button in (self.table, self.select, self.make):
            shows.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.seek)
        layout.addWidget(self.answer_words)
        layout.addLayout(shows)
        self.setMinimumWidth(self._desk.theme.px(440))

    def _connect(self) -> None:
        self.relation.currentIndexChanged.connect(lambda _at: self._changed())
        for combo in (self.target, self.reference, self.recent):
            combo.currentIndexChanged.connect(lambda _at: self._changed())
        self.metres.valueChanged.connect(lambda _n: self._changed())
        self.seek.clicked.connect(self.ask)
        self.table.clicked.connect(self._show_table)
        self.select.clicked.connect(self._show_selected)
        self.make.clicked.connect(self._make_calque)

    def _changed(self) -> None:
        self.metres.setVisible(self.relation.currentData() == "within")
        self._say(None)

    # Asking --------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Look for the answer; a place to click is asked for first."""
        match self.reference.currentData():
            case "pick":
                self._desk.shared.pick(_("Cliquez le lieu de référence"), self._picked)
            case "extent":
                self._seek(
                    [_rectangle(self._desk.shared.extent)] if self._desk.shared.extent else []
                )
            case "chosen":
                work = partial(self._desk.node.observations.one, self._chosen)
                self._desk.tasks.run(
                    work, lambda one: self._seek([one.geometry] if one and one.geometry else [])
                )
            case _:
                self._seek([])

    def _picked(self, lon: float, lat: float) -> None:
        self.raise_()
        self._seek([{"type": "Point", "coordinates": [lon, lat]}])

    def _seek(self, geometries: list[Geometry]) -> None:
        kind, _slash, uid = str(self.reference.currentData()).partition("/")
        question = Question(
            target=self.target.currentData(), calque=self._calques[self._uid].calque,
            relation=self.relation.currentData(), metres=float(self.metres.value()),
            recent_s=int(self.recent.currentData() or 0), geometries=geometries,
            around=self._calques[uid].calque if kind == "calque" else None, around_uid=uid,
        )  # fmt: skip
        self.seek.setEnabled(False)
        self.answer_words.setText(_("Recherche…"))
        work = partial(answer, self._desk.node, question, self._uid, self._words())
        self._desk.tasks.run(work, self._say, self._failed)

    def _words(self) -> str:
        words = f"{self.relation.currentText()} "
        if self.relation.currentData() == "within":
            words += f"{self.metres.text()} "
        return words + self.reference.currentText()

    def _failed(self, error: BaseException) -> None:
        self._say(None)
        self._desk.notices.failure(error)

    # Answering -----------------------------------------------------------------------------------

    def _say(self, selected: Selected | None) -> None:
        self._selected = selected
        self.seek.setEnabled(True)
        count = len(selected.rids) if selected else 0
        if selected is not None:
            kind = selected.target == "entries"
            words = (
                ngettext("{n} entrée répond.", "{n} entrées répondent.", count)
                if kind
                else ngettext("{n} objet répond.", "{n} objets répondent.", count)
            )
            self.answer_words.setText(words.replace("{n}", number(count)))
        entries = selected is not None and selected.target == "entries"
        self.table.setEnabled(bool(count))
        self.table.setText(_("Voir dans la liste") if entries else _("Voir la table"))
        self.select.setVisible(self.target.currentData() == "entries")
        self.select.setEnabled(bool(count))
        self.make.setEnabled(bool(count))

    def _show_table(self) -> None:
        if self._selected is None:
            return
        if self._selected.target == "entries":
            rids = np.array(self._selected.rids, np.int64)
            self._desk.shared.set_shown(Shown(query=None, rids=rids))
            return
        self.found.emit(self._selected)

    def _show_selected(self) -> None:
        if self._selected is not None:
            rids = list(self._selected.rids[-200:])
            self._desk.tasks.run(
                partial(self._desk.node.logbook.entries, rids),
                lambda entries: self._desk.shared.select([entry.uid for entry in entries]),
            )

    def _make_calque(self) -> None:
        if self._selected is None:
            return
        calque = self._calques[self._uid].calque
        entries = self._selected.target == "entries"
        about = _("Entrées") if entries else calque.title
        title = _("{title} – {words}").format(title=about, words=self._selected.words)[:200]
        base = Calque(kind="query") if entries else calque
        made: Calque = msgspec.structs.replace(
            base, title=title, rids=self._selected.rids, group=_("Sélections")
        )
        self._calques.put("", made)
        self._desk.notices.done(_("Calque ajouté\u00a0: {title}").format(title=made.title))


def _rectangle(box: tuple[float, float, float, float]) -> Geometry:
    west, south, east, north = box
    if west > east:
        east += 360
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
