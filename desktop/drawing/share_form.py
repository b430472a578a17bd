"""« Partager ce calque… »: the marking and caveats are chosen, and what it means is said first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.access.buckets import MARKINGS
from beffroi.logbook.entry import MARKING_WORDS, Marking
from beffroi.text import _, ngettext
from desktop.kit.theme import Theme


class ShareForm(QWidget):
    """Stands in the dock; nothing is shared until « Partager » is pressed."""

    agreed = Signal(str, str, object)
    """The calque (uid), its marking, its caveats (tuple of str)."""
    cancelled = Signal()

    def __init__(
        self, theme: Theme, caveats: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._uid = ""
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.marking = QComboBox(self)
        self.marking.setAccessibleName(_("Mention de protection"))
        for code in MARKINGS:
            self.marking.addItem(_(MARKING_WORDS[Marking(code)]), code)
        self.caveats = [QCheckBox(caveat, self) for caveat in caveats]
        self.agree = QPushButton(_("Partager"), self)
        self.agree.setProperty("kind", "primary")
        self.agree.clicked.connect(lambda _checked=False: self._agree())
        cancel = QPushButton(_("Annuler"), self)
        cancel.clicked.connect(lambda _checked=False: self._cancel())
        buttons = QHBoxLayout()
        buttons.addWidget(self.agree)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        margin = theme.px(10)
        layout.setContentsMargins(margin, margin, margin, margin)
        head = QLabel(_("Partager ce calque"), self)
        head.setProperty("role", "title")
        for widget in (head, self.said, self.marking, *self.caveats):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.hide()

    def ask(self, uid: str, title: str, shapes: int) -> None:
        """Ask about one calque."""
        self._uid = uid
        words = ngettext(
            "«\u202f{title}\u202f» et son dessin seront vus de tous ceux qui ont droit à la mention "
            "choisie\u202f; votre nom y figure. Un partage ne se reprend pas.",
            "«\u202f{title}\u202f» et ses {n} dessins seront vus de tous ceux qui ont droit à la "
            "mention choisie\u202f; votre nom y figure. Un partage ne se reprend pas.",
            shapes,
        )
        self.said.setText(words.format(title=title, n=shapes))
        self.marking.setCurrentIndex(MARKINGS.index("DR"))
        for box in self.caveats:
            box.setChecked(False)
        self.show()
        self.marking.setFocus()

    def _agree(self) -> None:
        chosen = tuple(box.text() for box in self.caveats if box.isChecked())
        self.hide()
        self.agreed.emit(self._uid, str(self.marking.currentData()), chosen)

    def _cancel(self) -> None:
        self.hide()
        self.cancelled.emit()
