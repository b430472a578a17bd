"""Forms of a dossier: record a figure with its source and hour; settle between figures."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit
from typing_extensions import override

from beffroi import when
from beffroi.logbook.figures import Indicator
from beffroi.logbook.words import fold
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.pieces import words
from desktop.logbook import wording
from desktop.logbook.figures import value_words
from desktop.logbook.forms import Form
from desktop.logbook.writing.typeahead import Suggestion, TypeAheadLine, at_once


def _line(hint: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    return field


def _named(known: Sequence[str], said: str) -> list[Suggestion]:
    return [Suggestion(text=name) for name in known if fold(said.strip()) in fold(name)]


class FigureForm(Form):
    """« Chiffre »: a value, who says it, as of when."""

    def __init__(self, desk: Desk, dossier: str, known: Sequence[str] = ()) -> None:
        """`known` are the indicators of the dossier: the same name makes figures comparable."""
        super().__init__(desk, _("Nouveau chiffre"), _("Enregistrer"))
        self._dossier = dossier
        self._zone = ZoneInfo(desk.node.info.zone)
        self.value = _line(_("Valeur"), _("Valeur"))
        self.indicator = TypeAheadLine(
            desk.theme, at_once(partial(_named, known)), self, on_focus=True, free=True
        )
        self.indicator.setPlaceholderText(_("Indicateur (sites touchés…)"))
        self.indicator.setAccessibleName(_("Indicateur"))
        self.indicator.picked.connect(lambda said: self.indicator.setText(said.text))
        self.indicator.entered.connect(lambda _words: self.value.setFocus())
        self.unit = _line(_("Unité"), _("Unité"))
        self.source = _line(_("Source"), _("Source"))
        now = wording.clock_time(desk.node.clock.now(), self._zone)
        self.as_of = _line(_("Heure (06:45, hier 23h10…)"), _("Heure du chiffre"))
        self.as_of.setText(now)
        self.note = _line(_("Précision (facultative)"), _("Précision"))
        self.provisional = QCheckBox(_("provisoire"))
        for fields in (
            (self.indicator,),
            (self.value, self.unit, self.provisional),
            (self.source, self.as_of),
            (self.note,),
        ):
            row = QHBoxLayout()
            for field in fields:
                row.addWidget(field)
                if isinstance(field, QLineEdit):
                    field.returnPressed.connect(self.submit)
            self.body.addLayout(row)

    @override
    def begin(self) -> None:
        """To the indicator."""
        self.indicator.setFocus()

    @override
    def submit(self) -> None:
        """Record the figure."""
        node, dossier = self.desk.node, self._dossier
        moment = when.parse(self.as_of.text(), now=node.clock.now(), zone=self._zone)
        if moment is None:
            self.say(
                _("Je ne comprends pas cette heure\u00a0: écrivez par exemple 06:45 ou hier 23h10.")
            )
            self.as_of.setFocus()
            return
        indicator, value, unit = (f.text() for f in (self.indicator, self.value, self.unit))
        source, note = self.source.text(), self.note.text()
        provisional, as_of = self.provisional.isChecked(), moment.start
        self.carry_out(
            lambda: node.logbook.record_figure(
                dossier, indicator, value, unit, source, as_of, node.who,
                provisional=provisional, note=note,
            )
        )  # fmt: skip


class ArbitrateForm(Form):
    """« Arbitrer »: the wording kept between contradictory figures, and why."""

    def __init__(self, desk: Desk, dossier: str, indicator: Indicator) -> None:
        title = _("Arbitrer\u00a0: {indicator}").format(indicator=indicator.name)
        super().__init__(desk, title, _("Retenir"))
        self._dossier = dossier
        self._indicator = indicator
        zone = ZoneInfo(desk.node.info.zone)
        for figure in indicator.figures:
            time = wording.clock_time(figure.as_of, zone)
            self.body.addWidget(
                words(f"{value_words(figure)} – {figure.source}, {time}", role="small", ink="muted")
            )
        self.kept = _line(_("Formulation retenue"), _("Formulation retenue"))
        self.reason = _line(_("Motif (obligatoire)"), _("Motif de l’arbitrage"))
        self.kept.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.submit)
        self.body.addWidget(self.kept)
        self.body.addWidget(self.reason)

    @override
    def begin(self) -> None:
        """To the wording."""
        self.kept.setFocus()

    @override
    def submit(self) -> None:
        """Settle; every figure stays."""
        node, dossier, name = self.desk.node, self._dossier, self._indicator.name
        kept, reason = self.kept.text(), self.reason.text()
        weighed = tuple(figure.uid for figure in self._indicator.figures)
        self.carry_out(
            lambda: node.logbook.arbitrate(dossier, name, kept, reason, weighed, node.who)
        )
