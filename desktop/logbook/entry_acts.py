"""The bar under an entry: what can be done with it, each act with its key, forms opening above."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from beffroi.logbook.entry import Lifecycle
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import words
from desktop.logbook.entry_load import Seen
from desktop.logbook.forms import Form

ACTS: tuple[tuple[str, str, str, str], ...] = (
    ("logbook.qualify", N_("Qualifier"), "Q", "clipboard-check"),
    ("logbook.complete", N_("Compléter"), "C", "message-plus"),
    ("logbook.correct", N_("Corriger"), "R", "pencil"),
    ("logbook.link", N_("Lier"), "L", "link-plus"),
    ("logbook.dossier", N_("Dossier"), "D", "folder-plus"),
    ("logbook.followup", N_("Suite"), "S", "bell"),
    ("logbook.star", N_("Marquant"), "E", "star"),
    ("logbook.void", N_("Annuler l’entrée"), "", "strikethrough"),
)
"""Command, word, key, icon."""
_ON_SEVERAL = frozenset({"logbook.dossier"})
_ON_STANDING = frozenset({"logbook.qualify", "logbook.correct", "logbook.void", "logbook.star"})
_NEEDS = {
    "logbook.qualify": "qualify",
    "logbook.star": "qualify",
    "logbook.correct": "correct",
    "logbook.void": "void",
}
"""What the hub asks for before it takes an act on an entry."""


def may_do(desk: Desk, command: str, *, own: bool) -> bool:
    """Whether the person's role has `command`; `own`: they wrote the entry."""
    action = _NEEDS.get(command)
    return action is None or desk.link.may(action, "entry", own=own)


class ActBar(QWidget):
    """Buttons that run the commands; one form at a time above them."""

    left = Signal()
    """A form was closed: the keyboard goes back to where one reads."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.form: Form | None = None
        self._blank: tuple[str, ...] = ()
        self._about: tuple[str, ...] = ()
        self._uids: tuple[str, ...] = ()
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = desk.theme.px
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        bar = FlowBox(self, gap=px(2))
        bar.flow.setContentsMargins(px(8), px(5), px(8), px(5))
        self._buttons = {act[0]: self._button(*act) for act in ACTS}
        for button in self._buttons.values():
            bar.flow.addWidget(button)
        self._bar = bar
        self.only_reads = words(_("Ce poste lit la main courante sans y écrire."), ink="muted")
        self.only_reads.setContentsMargins(px(14), px(8), px(14), px(8))
        self._whole.addWidget(bar)
        self._whole.addWidget(self.only_reads)
        desk.theme.changed.connect(self._recolour)

    def _button(self, command: str, word: str, key: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(_(word))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(self._desk.theme.icon(icon))
        side = self._desk.theme.px(16)
        button.setIconSize(QSize(side, side))
        button.setAccessibleName(_(word))
        button.setToolTip(f"{_(word)} ({key})" if key else _(word))
        button.clicked.connect(lambda: self._desk.commands.run(command))
        return button

    def button(self, command: str) -> QToolButton:
        """The button of an act."""
        return self._buttons[command]

    def show_for(self, seen: Seen | None, uids: Sequence[str]) -> None:
        """Offer what makes sense for what is selected."""
        self._uids = tuple(uids)
        may = self._desk.node.who.may_write
        self._bar.setVisible(may)
        self.only_reads.setVisible(not may)
        self.setVisible(bool(uids) or self.form is not None)
        standing = seen is not None and seen.entry.lifecycle is not Lifecycle.VOID
        for command, button in self._buttons.items():
            usable = bool(uids) if command in _ON_SEVERAL else seen is not None
            fits = usable and (standing or command not in _ON_STANDING)
            button.setEnabled(fits and self._allowed(command, seen))
        star = seen is not None and seen.entry.content.key_event
        icon, token = ("star-filled", "warning") if star else ("star", "muted")
        self._buttons["logbook.star"].setIcon(self._desk.theme.icon(icon, token))

    def _allowed(self, command: str, seen: Seen | None) -> bool:
        own = seen is not None and seen.entry.author == self._desk.node.who.account
        return may_do(self._desk, command, own=own)

    def ask(self, make: Callable[[], Form]) -> None:
        """Open a form in the place of the last one."""
        self.close_form()
        self.form = make()
        self.form.closed.connect(self._leave)
        self._whole.insertWidget(0, self.form)
        self.show()
        self.form.begin()
        self._blank, self._about = self.form.said(), self._uids

    def put_by(self, uids: Sequence[str]) -> None:
        """Another entry is chosen: a form goes if nothing was typed in it, else says it is not its own."""
        if self.form is not None and self.form.said() == self._blank:
            self.close_form()
        elif self.form is not None:
            self.form.stand_apart(tuple(uids) != self._about)

    def close_form(self) -> None:
        """Put the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _leave(self) -> None:
        self.close_form()
        self.left.emit()

    def _recolour(self) -> None:
        for command, _word, _key, icon in ACTS:
            self._buttons[command].setIcon(self._desk.theme.icon(icon))
