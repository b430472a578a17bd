"""Under the board: the chosen source in words, what can be done with it, and a question before loss."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from beffroi.clock import Clock
from beffroi.sources.words import every, kept, span, volume
from beffroi.text import _, ngettext
from desktop.kit.commands import Commands, key_text
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.sources.standing import LOOKS, Standing


class BoardFoot(QWidget):
    """Says nothing while nothing is chosen."""

    removal_sure = Signal(object)
    """These uids are to be removed, for good."""

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._doomed: tuple[str, ...] = ()
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.trouble = words("")
        self.facts = words("", role="small", ink="muted")
        self.acts = FlowBox(self, gap=theme.px(6))
        self._question = QWidget(self)
        self.asked = words("", ink="danger")
        self.sure = QPushButton(_("Retirer"), self)
        self.sure.setProperty("kind", "danger")
        self.sure.clicked.connect(self._remove)
        self.no = QPushButton(_("Garder"), self)
        self.no.clicked.connect(self.take_back)
        row = QHBoxLayout(self._question)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.asked, 1)
        row.addWidget(self.no)
        row.addWidget(self.sure)
        self._question.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(6))
        for widget in (self.trouble, self.facts, self.acts, self._question):
            column.addWidget(widget)
        self.hide()

    def offer(self, commands: Commands, ids: Sequence[str]) -> None:
        """Make a button of each of these commands."""
        for command_id in ids:
            command = commands[command_id]
            button = QPushButton(_(command.title), self.acts)
            button.setObjectName(command_id)
            button.setIcon(self._theme.icon(command.icon))
            button.setToolTip(f"{_(command.title)} ({key_text(command)})")
            button.clicked.connect(_runs(commands, command_id))
            self.acts.flow.addWidget(button)

    def button(self, command_id: str) -> QPushButton | None:
        """The button of a command."""
        found = self.acts.findChild(QPushButton, command_id)
        return found if isinstance(found, QPushButton) else None

    def show_chosen(self, chosen: Sequence[Standing]) -> None:
        """Say what is chosen."""
        self.setVisible(bool(chosen))
        if {one.uid for one in chosen} != set(self._doomed):
            self.take_back()
        if not chosen:
            return
        one = chosen[0]
        several = len(chosen) > 1
        said = ngettext("{n} source choisie", "{n} sources choisies", len(chosen))
        self.trouble.setText(said.format(n=len(chosen)) if several else one.trouble)
        self.trouble.setVisible(several or bool(one.trouble))
        ink = "" if several else LOOKS[one.health][1]
        self.trouble.setStyleSheet(f"color: {self._theme.hex(ink)};" if ink else "")
        self.facts.setText("" if several else facts(one))
        self.facts.setVisible(not several)
        suspend = self.button("sources.suspend")
        if suspend is not None:
            asleep = all(each.health == "suspended" for each in chosen)
            suspend.setText(_("Reprendre") if asleep else _("Suspendre"))
            suspend.setIcon(self._theme.icon("player-play" if asleep else "player-pause"))

    def ask_removal(self, chosen: Sequence[Standing]) -> None:
        """Say what would go and what would stay, and wait for an answer."""
        self._doomed = tuple(one.uid for one in chosen)
        names = ", ".join(f"«\u202f{one.title}\u202f»" for one in chosen[:3])
        text = ngettext(
            "Retirer {names}\u202f? Ses données et ses calques partent de la carte{all}\u202f; "
            "les entrées qu’on en a tirées restent dans la main courante.",
            "Retirer {names}\u202f? Leurs données et leurs calques partent de la carte{all}\u202f; "
            "les entrées qu’on en a tirées restent dans la main courante.",
            len(chosen),
        )
        everyone = _(" pour tous") if any(one.shared for one in chosen) else ""
        self.asked.setText(text.format(names=names, all=everyone))
        self._question.show()
        self.acts.hide()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Nothing is to be removed."""
        self._doomed = ()
        self._question.hide()
        self.acts.show()

    def _remove(self) -> None:
        doomed = self._doomed
        self.take_back()
        self.removal_sure.emit(doomed)


def facts(one: Standing) -> str:
    """What is worth knowing of a source, in a line."""
    state = one.state
    expect = int(one.fields.get("expect_s", 0) or 0)
    retention = int(one.fields.get("retention_s", 0) or 0)
    said = [
        one.origin(),
        str(one.fields.get("format", "")),
        "" if one.still else _("relue {every}").format(every=every(one.refresh_s)),
        _("en retard après {span}").format(span=span(expect)) if expect else "",
        _("gardée {span}").format(span=kept(retention)) if retention else "",
        _("{size} à la dernière livraison").format(size=volume(state.bytes)) if state.bytes else "",
        str(one.fields.get("licence", "")),
        str(one.fields.get("attribution", "")),
    ]
    return "  ·  ".join(part for part in said if part)


def _runs(commands: Commands, command_id: str) -> Callable[[], None]:
    return lambda: commands.run(command_id)
