"""Contradictory figures side by side: keep one, write a wording, or say that both are true."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from beffroi.logbook.dossiers import Dossier
from beffroi.logbook.figures import Figure, Indicator
from beffroi.logbook.words import fold
from beffroi.text import _
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.sync.columns import Columns, ValueCard
from desktop.sync.words import hour

Arbitrate = Callable[[str, Indicator, str, str], None]
"""Keep a wording for an indicator of a dossier (uid), for a reason."""


def latest(indicator: Indicator) -> tuple[Figure, ...]:
    """The last figure of each source, the newest first."""
    found: dict[str, Figure] = {}
    for figure in indicator.figures:
        found.setdefault(fold(figure.source), figure)
    return tuple(found.values())


def both(figures: Sequence[Figure]) -> str:
    """« 3 800 foyers (Enedis)\u202f; 4 200 foyers (mairie) »."""
    return "\u202f; ".join(f"{_value(figure)} ({figure.source})" for figure in figures)


def _value(figure: Figure) -> str:
    return f"{figure.value} {figure.unit}".strip()


class FigureCard(QFrame):
    """Every value with its source and its hour; whatever is kept, the others stay readable."""

    def __init__(
        self,
        theme: Theme,
        dossier: Dossier,
        indicator: Indicator,
        zone: ZoneInfo,
        now: int,
        *,
        arbitrate: Arbitrate | None,
    ) -> None:
        """`arbitrate` is None for those who only read."""
        super().__init__()
        self._dossier, self._indicator, self._arbitrate = dossier, indicator, arbitrate
        self.setObjectName("figureCard")
        self.setProperty("surface", "raised")
        px = theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(10), px(8), px(10), px(10))
        whole.setSpacing(px(6))
        whole.addWidget(words(f"{indicator.name} – {dossier.title}", role="title"))
        columns = Columns(theme)
        self.figures = latest(indicator)
        for figure in self.figures:
            columns.add(self._given(theme, figure, zone, now))
        whole.addWidget(columns)
        self.kept = QLineEdit(self)
        self.reason = QLineEdit(self)
        self.trouble = words("", ink="danger")
        self.trouble.hide()
        if arbitrate is not None:
            self._offer(whole)

    def _given(self, theme: Theme, figure: Figure, zone: ZoneInfo, now: int) -> ValueCard:
        told = hour(figure.as_of, zone, now) + (f" – {figure.note}" if figure.note else "")
        card = ValueCard(theme, figure.source, _value(figure), told)
        if self._arbitrate is not None:
            keep = QPushButton(_("Retenir"))
            keep.setAccessibleName(_("Retenir {value}").format(value=_value(figure)))
            keep.clicked.connect(lambda: self._keep(_value(figure)))
            card.column.addWidget(keep)
        return card

    def _offer(self, whole: QVBoxLayout) -> None:
        self.reason.setPlaceholderText(_("Motif (il reste dans l’historique)"))
        self.reason.setAccessibleName(_("Motif du choix"))
        self.kept.setPlaceholderText(_("Ou une autre formulation (3 à 5 blessés…)"))
        self.kept.setAccessibleName(_("Formulation retenue"))
        self.kept.returnPressed.connect(self._write)
        write = QPushButton(_("Retenir celle-ci"))
        write.clicked.connect(self._write)
        true = QPushButton(_("Les deux sont vraies"))
        if len(self.figures) > 2:
            true.setText(_("Toutes sont vraies"))
        true.clicked.connect(self._both)
        line = QHBoxLayout()
        line.addWidget(self.kept, 1)
        line.addWidget(write)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(true)
        whole.addWidget(self.reason)
        whole.addLayout(line)
        whole.addLayout(last)
        whole.addWidget(self.trouble)

    def _both(self) -> None:
        reason = self.reason.text().strip() or _("les valeurs sont vraies ensemble")
        self._settle(both(self.figures), reason)

    def _write(self) -> None:
        if self.kept.text().strip():
            self._keep(self.kept.text().strip())
        else:
            self.say(_("Écrivez d’abord la formulation à retenir."))

    def _keep(self, kept: str) -> None:
        reason = self.reason.text().strip()
        if reason:
            self._settle(kept, reason)
        else:
            self.say(_("Donnez un motif en quelques mots\u00a0: il reste dans l’historique."))
            self.reason.setFocus()

    def _settle(self, kept: str, reason: str) -> None:
        if self._arbitrate is not None:
            self.trouble.hide()
            self._arbitrate(self._dossier.uid, self._indicator, kept, reason)

    def say(self, sentence: str) -> None:
        """Say what is missing."""
        self.trouble.setText(sentence)
        self.trouble.show()
