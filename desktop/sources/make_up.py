"""The foot of the wizard: what the source will be called, how often read, how drawn, for whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.caveats import offered_caveats
from desktop.kit.pieces import Section
from desktop.sources.description_form import DescriptionForm
from desktop.sources.finding import Finding
from desktop.sources.rhythm_form import RhythmForm
from desktop.sources.sharing_choice import SharingChoice
from desktop.sources.style_choice import StyleChoice


class MakeUp(QWidget):
    """Four forms side by side; proposals fill what the officer has not touched."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        theme = desk.theme
        self.description = DescriptionForm(theme, self)
        self.rhythm = RhythmForm(theme, self)
        self.style_ = StyleChoice(theme, self)
        self.sharing = SharingChoice(
            theme,
            may_share=desk.node.who.may_write and desk.link.may("edit", "source", own=True),
            marking=desk.node.info.marking,
            caveats=offered_caveats(desk.link, desk.node.who.organisation),
            parent=self,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(22))
        what, how_often = Section(theme, _("Ce qu’elle est")), Section(theme, _("Son rythme"))
        what.add(self.description)
        how_often.add(self.rhythm)
        for section, share in ((what, 5), (how_often, 4)):
            section.body.addStretch(1)
            row.addWidget(section, share)
        look = QWidget(self)
        column = QVBoxLayout(look)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        drawn, whose = Section(theme, _("Son dessin")), Section(theme, _("Pour qui"))
        drawn.add(self.style_)
        whose.add(self.sharing)
        column.addWidget(drawn)
        column.addWidget(whose)
        column.addStretch(1)
        row.addWidget(look, 5)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def forget(self) -> None:
        """Another source comes."""
        for form in (self.description, self.rhythm, self.style_):
            form.forget()

    def propose(self, transport: str, finding: Finding) -> None:
        """Fill what the officer has not touched."""
        self.description.propose(finding.proposal)
        self.rhythm.propose(transport, finding.proposal)
        self.style_.propose(finding.records, finding.columns, finding.style)

    def keep(
        self, transport: str, fields: Mapping[str, Any], style: Mapping[str, Any],
        *, shared: bool, marking: str, caveats: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Show a source as it is."""
        self.description.keep(fields)
        self.rhythm.keep(transport, fields)
        self.style_.keep(style)
        self.sharing.keep(shared=shared, marking=marking, caveats=caveats)
        self.setEnabled(True)

    def fields(self) -> dict[str, Any]:
        """What is written, by the names of `Source`."""
        return {**self.description.fields(), **self.rhythm.fields()}
