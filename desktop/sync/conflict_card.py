"""A contradiction side by side: what all had before, what each gave; keep one, or write another."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from beffroi.logbook.conflicts import Candidate, Conflict
from beffroi.text import _
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.sync.columns import Columns, ValueCard
from desktop.sync.values import WRITABLE, field_word, value_words
from desktop.sync.words import hour

Settle = Callable[[Conflict, Any, str], None]
"""Keep this value for a contested field, for that reason."""


class ConflictCard(QFrame):
    """`base / mine / theirs`; the reason stays in the history."""

    def __init__(
        self,
        theme: Theme,
        conflict: Conflict,
        zone: ZoneInfo,
        now: int,
        person: Callable[[str], str],
        *,
        settle: Settle | None,
        open_: Callable[[str], None],
    ) -> None:
        """`settle` is None for those who only read."""
        super().__init__()
        self._conflict, self._zone, self._now = conflict, zone, now
        self._person, self._settle = person, settle
        self.setObjectName("conflictCard")
        self.setProperty("surface", "raised")
        px = theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(10), px(8), px(10), px(10))
        whole.setSpacing(px(6))
        head = QHBoxLayout()
        title = f"{conflict.label} – {field_word(conflict.field)}"
        head.addWidget(words(title, role="title"), 1)
        if conflict.kind == "entry":
            button = QPushButton(_("Ouvrir"))
            button.setProperty("kind", "quiet")
            button.setAccessibleName(_("Ouvrir {label}").format(label=conflict.label))
            button.clicked.connect(lambda: open_(conflict.entity))
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        columns = Columns(theme)
        columns.add(ValueCard(theme, _("Avant"), self._said(conflict.base), ""))
        for candidate in sorted(conflict.candidates, key=lambda one: not one.mine):
            columns.add(self._given(theme, candidate))
        whole.addWidget(columns)
        self.reason = QLineEdit(self)
        self.other = QLineEdit(self)
        self.trouble = words("", ink="danger")
        self.trouble.hide()
        if settle is not None:
            self._offer(whole)

    def _said(self, value: Any) -> str:
        return value_words(self._conflict.field, value, self._zone)

    def _given(self, theme: Theme, one: Candidate) -> ValueCard:
        whose = _("La mienne") if one.mine else _("La leur")
        told = _("{who}, {post}, {hour}").format(
            who=self._person(one.author), post=one.post, hour=hour(one.at, self._zone, self._now)
        )
        card = ValueCard(
            theme, whose, self._said(one.value), told, ink="accent" if one.mine else "warning"
        )
        if self._settle is not None:
            keep = QPushButton(_("Retenir"))
            keep.setAccessibleName(_("Retenir {value}").format(value=self._said(one.value)))
            keep.clicked.connect(lambda: self._keep(one.value))
            card.column.addWidget(keep)
        return card

    def _offer(self, whole: QVBoxLayout) -> None:
        self.reason.setPlaceholderText(_("Motif (il reste dans l’historique)"))
        self.reason.setAccessibleName(_("Motif du choix"))
        whole.addWidget(self.reason)
        if self._conflict.field in WRITABLE:
            self.other.setPlaceholderText(_("Ou une autre valeur"))
            self.other.setAccessibleName(_("Une autre valeur"))
            write = QPushButton(_("Retenir celle-ci"))
            write.clicked.connect(self._write)
            self.other.returnPressed.connect(self._write)
            line = QHBoxLayout()
            line.addWidget(self.other, 1)
            line.addWidget(write)
            whole.addLayout(line)
        else:
            self.other.hide()
            if self._conflict.kind == "entry":
                hint = _("Pour une autre valeur, ouvrez l’entrée et qualifiez-la.")
                whole.addWidget(words(hint, role="small", ink="muted"))
        whole.addWidget(self.trouble)

    def _write(self) -> None:
        if self.other.text().strip():
            self._keep(self.other.text().strip())
        else:
            self.say(_("Écrivez d’abord la valeur à retenir."))

    def _keep(self, value: Any) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.say(_("Donnez un motif en quelques mots\u00a0: il reste dans l’historique."))
            self.reason.setFocus()
        elif self._settle is not None:
            self.trouble.hide()
            self._settle(self._conflict, value, reason)

    def say(self, sentence: str) -> None:
        """Say what is missing."""
        self.trouble.setText(sentence)
        self.trouble.show()
