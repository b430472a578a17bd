"""One trace whole: both hours, who and where, the act, all that it says of itself, its link."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from beffroi.access import trail_words
from beffroi.access.trace import Trace
from beffroi.clock import to_datetime
from beffroi.text import _, number
from desktop.audit import wording
from desktop.kit.pieces import Section, clear, pairs, words
from desktop.kit.theme import Theme


class Details(QScrollArea):
    """The page beside the table."""

    def __init__(self, theme: Theme, zone: ZoneInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zone = zone
        self._trace: Trace | None = None
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Détail de la trace"))
        page = QWidget()
        page.setProperty("surface", "panel")
        self.body = QVBoxLayout(page)
        margin = theme.px(12)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(theme.px(10))
        self.setWidget(page)
        theme.changed.connect(self._draw)

    def show_trace(self, trace: Trace | None) -> None:
        """Show it, or nothing."""
        if trace != self._trace:
            self._trace = trace
            self._draw()

    def _draw(self) -> None:
        clear(self.body)
        trace = self._trace
        if trace is None:
            self.body.addWidget(
                words(_("Choisissez une trace pour la lire en entier."), ink="muted")
            )
            self.body.addStretch(1)
            return
        self.body.addWidget(words(trail_words.act(trace.action), role="title"))
        if trace.flaw:
            flaw = _("Défaut constaté à l’arrivée au hub\u00a0: {why}.")
            self.body.addWidget(words(flaw.format(why=trail_words.why(trace.flaw)), ink="danger"))
        self.body.addWidget(pairs(self._theme, self._facts(trace)))
        if told := wording.pairs(trace):
            section = Section(self._theme, _("Précisions"))
            section.add(pairs(self._theme, told))
            self.body.addWidget(section)
        section = Section(self._theme, _("Preuve"))
        section.add(pairs(self._theme, self._proof(trace)))
        self.body.addWidget(section)
        self.body.addStretch(1)

    def _facts(self, trace: Trace) -> list[tuple[str, str]]:
        facts = [
            (_("Heure"), wording.moment(trace.at, self._zone)),
            (_("Heure UTC"), f"{to_datetime(trace.at):%Y-%m-%d %H:%M:%S}Z"),
            (_("Compte"), trace.account),
            (_("Poste"), trace.post),
            (_("Poste de travail"), trace.station),
            (_("Appareil"), trace.device),
            (_("Numéro"), trace.label),
            (_("Objet"), trace.object),
            (_("Code"), trace.action),
        ]
        return [(name, value) for name, value in facts if value]

    def _proof(self, trace: Trace) -> list[tuple[str, str]]:
        proof = [
            (_("Chaîne"), wording.chain_name(trace)),
            (_("Au poste"), _of_station(trace)),
            (_("Empreinte"), _grouped(trace.hash)),
        ]
        return [(name, value) for name, value in proof if value]


def _of_station(trace: Trace) -> str:
    return f"{trace.source}, {number(trace.source_seq)}" if trace.source else ""


def _grouped(digest: str) -> str:
    """A hash that can be read aloud, in eights."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
