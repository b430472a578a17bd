"""Which things of a calque are shown: conditions on fields, all of which must hold; and how recent."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.clock import PARIS, to_datetime
from beffroi.exchange.values import moment
from beffroi.layers.calques import MOST_TESTS, TEST_WORDS
from beffroi.layers.classing import numbers
from beffroi.observations import Where
from beffroi.observations.model import Test
from beffroi.plugin import Scalar
from beffroi.text import N_, _
from desktop.kit.theme import Theme

RECENT = (
    (0, N_("de tout âge")), (1800, N_("de moins de 30\u00a0min")), (7200, N_("de moins de 2\u00a0h")),
    (43_200, N_("de moins de 12\u00a0h")), (86_400, N_("de moins de 24\u00a0h")),
    (604_800, N_("de moins de 7 jours")),
)  # fmt: skip
OWN_WORDS = {
    "@title": N_("Titre de l’objet"), "@id": N_("Identifiant"), "@time": N_("Heure observée"),
    "@until": N_("Fin de validité"), "@seen": N_("Reçu à"),
}  # fmt: skip
_MOMENTS = frozenset({"@time", "@until", "@seen"})
_ALONE: frozenset[Test] = frozenset({"empty", "filled"})


class FilterForm(QWidget):
    """Writes the conditions of a calque."""

    changed = Signal()

    def __init__(self, theme: Theme, now: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._fields: list[tuple[str, str]] = []
        self.rows: list[_Row] = []
        self.recent = QComboBox(self)
        self.recent.setAccessibleName(_("Ancienneté"))
        for seconds, words in RECENT:
            self.recent.addItem(_(words), seconds)
        self.recent.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.add_button = QPushButton(_("Ajouter une condition"), self)
        self.add_button.clicked.connect(lambda _checked: self.add(None))
        head = QHBoxLayout()
        head.addWidget(QLabel(_("Montrer les objets"), self))
        head.addWidget(self.recent, 1)
        self._list = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(QLabel(_("et qui remplissent toutes ces conditions\u00a0:"), self))
        layout.addLayout(self._list)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch()
        layout.addLayout(row)
        layout.addStretch()

    def begin(self, fields: Sequence[str], wheres: Sequence[Where], recent_s: int) -> None:
        """Show the conditions of a calque with these fields."""
        self._fields = [(name, name) for name in fields]
        self._fields += [(name, _(words)) for name, words in OWN_WORDS.items()]
        for row in list(self.rows):
            self._remove(row)
        for where in wheres:
            self.add(where)
        self.recent.setCurrentIndex(max(0, self.recent.findData(recent_s)))

    def add(self, where: Where | None = None) -> None:
        """One more condition."""
        row = _Row(self._theme, self._fields, where, self._now, self)
        row.changed.connect(self.changed)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._list.addWidget(row)
        self.add_button.setEnabled(len(self.rows) < MOST_TESTS)
        if where is None:
            row.value.setFocus()

    def _remove(self, row: "_Row") -> None:
        self.rows.remove(row)
        row.deleteLater()
        self.add_button.setEnabled(True)
        self.changed.emit()

    @property
    def wheres(self) -> tuple[Where, ...]:
        """The conditions that are whole."""
        return tuple(where for row in self.rows if (where := row.where) is not None)

    @property
    def recent_s(self) -> int:
        """How old a thing may be, in seconds; 0: of any age."""
        return int(self.recent.currentData() or 0)


class _Row(QWidget):
    """One condition: field, test, value."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        fields: Sequence[tuple[str, str]],
        where: Where | None,
        now: Callable[[], int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.field, self.test, self.value = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.field.setAccessibleName(_("Champ"))
        self.test.setAccessibleName(_("Condition"))
        self.value.setAccessibleName(_("Valeur"))
        for name, words in fields:
            self.field.addItem(words, name)
        for test in get_args(Test):
            self.test.addItem(_(TEST_WORDS[test]), test)
        remove = QToolButton(self)
        remove.setAutoRaise(True)
        remove.setIcon(theme.icon("x"))
        remove.setIconSize(QSize(16, 16))
        remove.setToolTip(_("Retirer cette condition"))
        remove.setAccessibleName(_("Retirer cette condition"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget, share in ((self.field, 3), (self.test, 2), (self.value, 3), (remove, 0)):
            layout.addWidget(widget, share)
        if where:
            self._show(where)
        remove.clicked.connect(self.removed)
        self.field.currentIndexChanged.connect(lambda _at: self._told())
        self.test.currentIndexChanged.connect(lambda _at: self._told())
        self.value.editingFinished.connect(self.changed)
        self._told()

    def _show(self, where: Where) -> None:
        if self.field.findData(where.field) < 0:
            self.field.addItem(where.field, where.field)
        self.field.setCurrentIndex(self.field.findData(where.field))
        self.test.setCurrentIndex(self.test.findData(where.test))
        self.value.setText(_written(where))

    def _told(self) -> None:
        self.value.setVisible(self.test.currentData() not in _ALONE)
        moments = self.field.currentData() in _MOMENTS
        self.value.setPlaceholderText(
            _("il y a 2\u00a0h, 25/07 20:00…") if moments else _("valeur")
        )
        self.changed.emit()

    @property
    def where(self) -> Where | None:
        """The condition, None while it lacks its value."""
        field, test, text = self.field.currentData(), self.test.currentData(), self.value.text()
        if not field or (test not in _ALONE and not text.strip()):
            return None
        if test in _ALONE:
            return Where(field, test)
        return Where(field, test, self._meant(field, test, text.strip()))

    def _meant(self, field: str, test: Test, text: str) -> Scalar:
        """Numbers are compared as numbers, moments as moments; words stay words."""
        if field in _MOMENTS:
            try:
                return moment(text, PARIS, self._now())
            except ValueError:
                return text
        if test in ("contains", "starts"):
            return text
        number = float(numbers([text])[0])
        if number != number:
            return text
        return int(number) if number.is_integer() else number


def _written(where: Where) -> str:
    if where.field in _MOMENTS and isinstance(where.value, int):
        return f"{to_datetime(where.value, PARIS):%d/%m/%Y %H:%M}"
    if isinstance(where.value, float):
        return str(where.value).replace(".", ",")
    return "" if where.value is None else str(where.value)
