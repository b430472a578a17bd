"""The sheet of what is selected: label, notes, real or planned, validity, the entry it draws, measures."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi import when
from beffroi.layers.drawing import symbols
from beffroi.layers.shapes import KIND_WORDS, Shape
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.drawing.leaving import Notes
from desktop.drawing.measured import measured
from desktop.drawing.studio import Studio
from desktop.kit.empty import EmptyState


class Properties(QWidget):
    """One shape’s sheet; several shapes show what they have in common to be done."""

    def __init__(self, desk: Desk, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._studio = studio
        self._zone = ZoneInfo(desk.node.info.zone)
        self._uid = ""
        self.empty = EmptyState(desk.theme)
        self.empty.say(
            "pencil", _("Rien n’est sélectionné"),
            _("Cliquez un dessin sur la carte pour lire et modifier sa fiche."),
        )  # fmt: skip
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.measures = QLabel(self)
        self.measures.setWordWrap(True)
        self.origin = QLabel(self)
        self.origin.setProperty("ink", "muted")
        self.origin.setProperty("role", "small")
        self.origin.setWordWrap(True)
        self.label = QLineEdit(self)
        self.label.setMaxLength(200)
        self.label.editingFinished.connect(self._save_label)
        self.notes = Notes(self)
        self.notes.left.connect(self._save_notes)
        self.planned = QCheckBox(_("Prévu (tirets)"), self)
        self.planned.clicked.connect(lambda on: self._change(planned=on))
        self.since = self._moment(_("toujours"))
        self.until = self._moment(_("jusqu’à nouvel ordre"))
        self.entry = QPushButton(self)
        self.entry.clicked.connect(lambda _checked=False: self._open_entry())
        self.link = QPushButton(_("Lier à l’entrée sélectionnée"), self)
        self.link.clicked.connect(lambda _checked=False: self._link())
        self.copy = QPushButton(_("Copier"), self)
        self.copy.clicked.connect(
            lambda _checked=False: studio.gestures.copy(studio.calques.current)
        )
        self.erase = QPushButton(_("Supprimer"), self)
        self.erase.setProperty("kind", "danger")
        self.erase.clicked.connect(lambda _checked=False: studio.hand.erase())
        self._lay_out()
        studio.hand.selected.connect(lambda _uids: self.show_selection())
        desk.shared.selection_changed.connect(lambda _uids, _by: self._show_link())
        self.show_selection()

    def _moment(self, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(hint)
        field.editingFinished.connect(self._save_validity)
        return field

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(_("Libellé"), self.label)
        form.addRow(_("Notes"), self.notes)
        form.addRow("", self.planned)
        form.addRow(_("Valable dès"), self.since)
        form.addRow(_("jusqu’à"), self.until)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.erase)
        buttons.addStretch(1)
        self.sheet = QWidget(self)
        layout = QVBoxLayout(self.sheet)
        margin = self._desk.theme.px(10)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(self._desk.theme.px(7))
        layout.addWidget(self.title)
        layout.addWidget(self.measures)
        layout.addLayout(form)
        layout.addWidget(self.entry)
        layout.addWidget(self.link)
        layout.addLayout(buttons)
        layout.addWidget(self.origin)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.empty)
        whole.addWidget(self.sheet)

    # showing

    def show_selection(self) -> None:
        """Show the sheet of the selection; what is being typed is not replaced under the fingers."""
        uids = [uid for uid in self._studio.hand.selection if uid in self._studio.shapes]
        self.empty.setVisible(not uids)
        self.sheet.setVisible(bool(uids))
        alone = uids[0] if len(uids) == 1 else ""
        changed, self._uid = alone != self._uid, alone
        if uids:
            self._show(uids, fresh=changed)

    def _show(self, uids: list[str], *, fresh: bool) -> None:
        shape = self._studio.shapes[uids[0]]
        one = len(uids) == 1
        self.title.setText(_name(shape) if one else _count(len(uids)))
        self.measures.setText(measured(shape) if one else "")
        self.measures.setVisible(bool(self.measures.text()))
        may = bool(self._studio.hand.changeable())
        for field in (self.label, self.notes, self.since, self.until):
            field.setEnabled(may and one)
        for button in (self.planned, self.erase):
            button.setEnabled(may)
        self.planned.setChecked(shape.planned)
        self._fill(self.label, shape.label if one else "", fresh)
        if fresh or not self.notes.hasFocus():
            with QSignalBlocker(self.notes):
                self.notes.setPlainText(shape.notes if one else "")
        self._fill(self.since, self._said(shape.since) if one else "", fresh)
        self._fill(self.until, self._said(shape.until) if one else "", fresh)
        self.origin.setText(self._origin(uids[0]) if one else "")
        self.entry.setVisible(one and bool(shape.entry))
        self.entry.setText(_("Ouvrir l’entrée liée"))
        self._show_link()

    @staticmethod
    def _fill(field: QLineEdit, text: str, fresh: bool) -> None:
        if (fresh or not field.hasFocus()) and field.text() != text:
            field.setText(text)

    def _show_link(self) -> None:
        chosen = self._desk.shared.selection
        drawn = self._studio.shapes[self._uid].entry if self._uid in self._studio.shapes else None
        useful = drawn is not None and len(chosen) == 1 and chosen[0] != drawn
        self.link.setVisible(useful and self._studio.hand.may_change(self._uid))

    def _origin(self, uid: str) -> str:
        sheet = self._studio.shapes.sheet(uid)
        words = _("Tracé par {who} le {when}") if sheet.shared else _("Tracé par vous le {when}")
        return words.format(who=sheet.author, when=self._said(sheet.made_at))

    def _said(self, moment: int | None) -> str:
        if moment is None:
            return ""
        local = datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone)
        return f"{local:%d/%m/%Y %H:%M}"

    # saving

    def _change(self, **values: Any) -> None:
        self._studio.hand.change(dict.fromkeys(self._studio.hand.changeable(), values))

    def _save_label(self) -> None:
        if self._uid in self._studio.shapes:
            self._change(label=self.label.text().strip())

    def _save_notes(self) -> None:
        if self._uid in self._studio.shapes:
            self._change(notes=self.notes.toPlainText().strip())

    def _save_validity(self) -> None:
        if self._uid not in self._studio.shapes:
            return
        shape = self._studio.shapes[self._uid]
        since, until = self._read(self.since, shape.since), self._read(self.until, shape.until)
        self._change(since=since, until=until)

    def _read(self, field: QLineEdit, before: int | None) -> int | None:
        """The moment typed; what is unchanged keeps its seconds, what is not understood is marked."""
        text = field.text().strip()
        if text == self._said(before):
            return before
        understood = when.parse(text, now=self._desk.node.clock.now(), zone=self._zone)
        field.setProperty("wrong", bool(text) and understood is None)
        field.style().polish(field)
        if not text:
            return None
        return understood.start if understood else before

    def _open_entry(self) -> None:
        if self._uid in self._studio.shapes:
            self._desk.shared.open(self._studio.shapes[self._uid].entry)

    def _link(self) -> None:
        self._change(entry=self._desk.shared.selection[0])

    def ask_label(self) -> None:
        """Put the keyboard into the label."""
        self.label.setFocus()
        self.label.selectAll()


def _name(shape: Shape) -> str:
    if shape.kind == "symbol":
        return symbols.title_of(shape.symbol)
    return _(KIND_WORDS[shape.kind])


def _count(n: int) -> str:
    return ngettext("{n} dessin", "{n} dessins", n).format(n=n)
