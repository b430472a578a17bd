"""With which marking and which restrictions a thing is shared: the same choice wherever one shares."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from beffroi.access.buckets import MARKINGS
from beffroi.logbook.entry import MARKING_WORDS, Marking
from beffroi.text import _
from desktop.kit.caveats import caveat_word
from desktop.kit.flow import FlowLayout
from desktop.kit.theme import Theme


class MarkingChoice(QWidget):
    """A list of markings; under it a box for each restriction that may be chosen."""

    def __init__(self, theme: Theme, caveats: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QComboBox(self)
        self.list.setAccessibleName(_("Mention de protection"))
        for code in MARKINGS:
            self.list.addItem(_(MARKING_WORDS[Marking(code)]), code)
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.list)
        self._flow = FlowLayout(gap=theme.px(10))
        column.addLayout(self._flow)
        for code in caveats:
            self._add(code)

    def _add(self, code: str) -> None:
        box = self.boxes[code] = QCheckBox(caveat_word(code), self)
        box.setToolTip(_("Seuls ceux qui ont droit à cette restriction le verront."))
        self._flow.addWidget(box)

    @property
    def marking(self) -> str:
        """The marking chosen."""
        return str(self.list.currentData())

    @property
    def caveats(self) -> tuple[str, ...]:
        """The restrictions chosen, sorted."""
        return tuple(sorted(code for code, box in self.boxes.items() if box.isChecked()))

    def choose(self, marking: str, caveats: Sequence[str] = ()) -> None:
        """Show a choice; a restriction that is not offered here is shown all the same."""
        self.list.setCurrentIndex(max(0, self.list.findData(marking)))
        for code in caveats:
            if code not in self.boxes:
                self._add(code)
        for code, box in self.boxes.items():
            box.setChecked(code in caveats)
