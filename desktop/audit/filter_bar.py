"""The filters: who, what, about what, at which post, on which station, from when to when, words."""

from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from beffroi.access import trail_acts
from beffroi.access.trail_period import since, until
from beffroi.access.trail_search import TrailFilter
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.audit.source import Wish
from desktop.kit.flow import FlowBox
from desktop.kit.theme import Theme

PAUSE_MS = 250
"""How long the keys rest before the traces are read again."""


class Understand(Protocol):
    """Reads a moment."""

    def __call__(self, said: str, *, now: int, zone: ZoneInfo) -> int | None:
        """UTC ms, None when nothing is said."""
        ...


class FilterBar(QWidget):
    """Says `wished` when someone wants to see other traces; a moment not understood says why."""

    wished = Signal(object)
    """The new `Wish`."""

    def __init__(self, theme: Theme, clock: Clock, zone: ZoneInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._zone = zone
        self.text = self._line(_("Mots cherchés"), _("mot, nom de fichier…"), 150)
        self.family = self._choice()
        self.about = self._line(_("Objet"), _("MC-2024-000143"), 130)
        self.account = self._line(_("Compte"), "", 100)
        self.post = self._line(_("Poste"), "", 110)
        self.station = self._line(_("Poste de travail"), "", 110)
        self.since = self._line(_("Depuis"), _("hier 10h"), 92)
        self.until = self._line(_("Jusqu’à"), _("10h05"), 92)
        self.clear_button = QPushButton(_("Effacer"), self)
        self.clear_button.setProperty("kind", "quiet")
        self.clear_button.clicked.connect(self.clear)
        self.trouble = QLabel(self)
        self.trouble.setProperty("ink", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._rest = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.wish = Wish()
        self._lay_out()

    def _lay_out(self) -> None:
        flow = FlowBox(gap=self._theme.px(8))
        for title, field in (
            (_("Mots"), self.text), (_("Acte"), self.family), (_("Objet"), self.about),
            (_("Compte"), self.account), (_("Poste"), self.post),
            (_("Poste de travail"), self.station), (_("Depuis"), self.since),
            (_("Jusqu’à"), self.until),
        ):  # fmt: skip
            flow.flow.addWidget(self._titled(title, field))
        flow.flow.addWidget(self._titled("", self.clear_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(4))
        layout.addWidget(flow)
        layout.addWidget(self.trouble)

    def _titled(self, title: str, field: QWidget) -> QWidget:
        box = QWidget(self)
        label = QLabel(title, box)
        label.setProperty("role", "section")
        label.setBuddy(field)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(2))
        layout.addWidget(label)
        layout.addWidget(field)
        return box

    def _line(self, name: str, hint: str, width: int) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(200)
        field.setFixedWidth(self._theme.px(width))
        field.setClearButtonEnabled(True)
        field.textEdited.connect(lambda _text: self._rest.start())
        field.textChanged.connect(lambda _text: self._rest.start())
        field.returnPressed.connect(self._now)
        return field

    def _choice(self) -> QComboBox:
        field = QComboBox(self)
        field.setAccessibleName(_("Genre d’acte"))
        field.addItem(_("Tous"), "")
        for code, (words, _codes) in trail_acts.FAMILIES.items():
            field.addItem(_(words), code)
        field.currentIndexChanged.connect(lambda _index: self._now())
        return field

    def clear(self) -> None:
        """Show every trace again."""
        for field in self._lines():
            field.clear()
        self.family.setCurrentIndex(0)
        self._now()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (
            self.text, self.about, self.account, self.post, self.station, self.since, self.until,
        )  # fmt: skip

    def _now(self) -> None:
        self._rest.stop()
        self._tell()

    def _tell(self) -> None:
        wish = self._read()
        if wish is not None and wish != self.wish:
            self.wish = wish
            self.wished.emit(wish)

    def _read(self) -> Wish | None:
        """What is asked; None when a moment is not understood, which is shown."""
        first, first_wrong = self._moment(self.since, since)
        last, last_wrong = self._moment(self.until, until)
        trouble = first_wrong or last_wrong
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        if trouble:
            return None
        wanted = TrailFilter(
            since=first,
            until=last,
            account=self.account.text().strip(),
            post=self.post.text().strip(),
            station=self.station.text().strip(),
            text=self.text.text().strip(),
        )
        return Wish(
            filter=wanted, family=str(self.family.currentData()), about=self.about.text().strip()
        )

    def _moment(self, field: QLineEdit, understand: Understand) -> tuple[int | None, str]:
        """The moment that a field names, and the sentence when it names none."""
        try:
            found = understand(field.text(), now=self._clock.now(), zone=self._zone)
        except BeffroiError as error:
            _mark(field, wrong=True)
            return None, str(error)
        _mark(field, wrong=False)
        return found, ""

    def into(self) -> None:
        """Give the keyboard to the first filter."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()


def _mark(field: QLineEdit, *, wrong: bool) -> None:
    """Show that a field is not understood."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)
