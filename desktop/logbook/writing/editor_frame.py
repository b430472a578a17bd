"""What frames the form: which entry and what is done to it above, how to finish below."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from beffroi.logbook.entry import Entry
from beffroi.text import N_, _
from desktop.kit.theme import Theme
from desktop.logbook import wording
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.field import small_label

TITLES = {
    "qualify": N_("Qualifier {label}"),
    "correct": N_("Corriger {label}"),
    "complete": N_("Compléter {label}"),
    "new": N_("Nouvelle entrée"),
}
EXPLANATIONS = {
    "qualify": N_("Chaque champ est enregistré dès qu’il change."),
    "correct": N_("La version d’avant reste lisible, barrée, avec votre motif."),
    "complete": N_("Une entrée de plus, rattachée à celle-ci."),
    "new": N_("Tout peut être complété plus tard, sauf le texte."),
}
FINISH = {
    "qualify": N_("Terminé"),
    "correct": N_("Corriger"),
    "complete": N_("Publier"),
    "new": N_("Publier"),
}
QUOTED = 280
"""Characters of the entry shown above the form; the rest is in the tooltip."""


class Head(QWidget):
    """The title, the system time that nobody changes, and the way to a correction."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Elided("", self)
        self._title.setProperty("role", "title")
        self._said = small_label()
        self._quote = QLabel(self)
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self.correct = QPushButton(_("Corriger"), self)
        self.correct.setProperty("kind", "quiet")
        self.correct.setIcon(theme.icon("pencil"))
        self.correct.setIconSize(QSize(theme.px(15), theme.px(15)))
        self.correct.setToolTip(
            _("Changer le texte, l’heure ou le lieu déjà donnés, avec un motif")
        )
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self.correct)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(4))
        layout.setSpacing(theme.px(4))
        layout.addLayout(row)
        layout.addWidget(self._quote)
        layout.addWidget(self._said)

    def begin(self, mode: str, entry: Entry | None, zone: ZoneInfo) -> None:
        """Say what is being done."""
        label = entry.label if entry else ""
        self._title.setText(_(TITLES[mode]).format(label=label))
        said = [_(EXPLANATIONS[mode])]
        if entry is not None:
            said.append(
                _("Saisie {moment} par {author}.").format(
                    moment=wording.full_moment(entry.entered_time, zone), author=entry.author
                )
            )
        self._said.setText(" ".join(said))
        self.correct.setVisible(mode == "qualify")
        quoted = entry.content.text if entry and mode != "correct" else ""
        self._quote.setText(quoted if len(quoted) <= QUOTED else f"{quoted[:QUOTED]}…")
        self._quote.setToolTip(quoted if len(quoted) > QUOTED else "")
        self._quote.setVisible(bool(quoted))


class Foot(QWidget):
    """The reason of a correction, and the two ways out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "raised")
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(_("Motif de la correction (obligatoire)"))
        self.reason.setAccessibleName(_("Motif de la correction"))
        self.finish = QPushButton(self)
        self.finish.setProperty("kind", "primary")
        self.cancel = QPushButton(_("Abandonner"), self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.finish)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.reason)
        layout.addLayout(row)

    def begin(self, mode: str) -> None:
        """Show what this way of working needs."""
        self.cancel.setVisible(mode != "qualify")
        key = _("Échap") if mode == "qualify" else _("Ctrl+Entrée")
        self.finish.setToolTip(key)
        self.reason.setVisible(mode == "correct")
        self.reason.clear()
        self.finish.setText(_(FINISH[mode]))
        self.finish.setEnabled(True)
