"""Everything the user can do, said once: menus, palette, shortcuts and help all read it here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from beffroi.errors import BeffroiError
from beffroi.text import N_, _
from desktop.kit.notices import Notices

MENUS = (N_("Fichier"), N_("Main courante"), N_("Carte"), N_("Affichage"), N_("Aide"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing the user can do.

    `scope` names the dock where the shortcut works; empty, it works in the whole window.
    `also` are further shortcuts for the same thing (the AZERTY digit row, for instance).
    `enabled` and `checked` are asked each time a menu opens.
    """

    id: str
    title: str
    run: Callable[[], None]
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    category: str = ""
    scope: str = ""
    also: tuple[str, ...] = ()
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All its shortcuts, the one to show first."""
        return (self.shortcut, *self.also) if self.shortcut else self.also

    @property
    def single_key(self) -> bool:
        """Whether a lone character triggers it (WCAG 2.1.4: people can switch these off)."""
        return len(self.shortcut) == 1


@dataclass(slots=True)
class Commands:
    """The registry.  Whoever shows commands reads it; nobody builds a QAction elsewhere."""

    notices: Notices
    _known: dict[str, Command] = field(default_factory=dict[str, Command])
    _singles: list[QAction] = field(default_factory=list[QAction])
    _recent: list[str] = field(default_factory=list[str])
    single_keys: bool = True

    def register(self, *commands: Command) -> None:
        """Add commands; an id or a shortcut used twice is a programming error."""
        for command in commands:
            if command.id in self._known or any(self._clash(command, c) for c in self):
                message = f"{command.id} or {command.shortcut!r} is already taken"
                raise ValueError(message)
            self._known[command.id] = command

    def _clash(self, one: Command, other: Command) -> bool:
        shared = {k.casefold() for k in one.keys} & {k.casefold() for k in other.keys}
        return bool(shared) and (one.scope == other.scope or "" in (one.scope, other.scope))

    def __iter__(self) -> Iterator[Command]:
        return iter(self._known.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._known[command_id]

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._known

    @property
    def recent(self) -> tuple[str, ...]:
        """The ids of the last commands used, latest first."""
        return tuple(self._recent)

    def can_run(self, command_id: str) -> bool:
        """Whether the command makes sense now."""
        enabled = self._known[command_id].enabled
        return enabled is None or enabled()

    def run(self, command_id: str) -> None:
        """Run a command and turn an error meant for people into a notice."""
        if not self.can_run(command_id):
            return
        self._recent[:] = [command_id, *(c for c in self._recent if c != command_id)][:12]
        try:
            self._known[command_id].run()
        except BeffroiError as error:
            self.notices.warn(str(error))

    def action(self, command: Command, parent: QWidget) -> QAction:
        """A QAction for one command, with its keys, ready for a menu or a button."""
        action = QAction(_(command.title), parent)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WidgetWithChildrenShortcut if command.scope else context.ApplicationShortcut
        )
        action.triggered.connect(partial(self._triggered, command.id))
        return action

    def entry(self, command: Command, menu: QWidget) -> QAction:
        """A QAction for a menu: it shows the key, which the window already answers."""
        shown = f"{_(command.title)}\t{key_text(command)}" if command.keys else _(command.title)
        action = QAction(shown, menu)
        action.setObjectName(command.id)
        action.setEnabled(self.can_run(command.id))
        if command.checked is not None:
            action.setCheckable(True)
            action.setChecked(command.checked())
        action.triggered.connect(partial(self._triggered, command.id))
        return action

    def _triggered(self, command_id: str, _checked: bool = False) -> None:
        self.run(command_id)

    def bind(self, scope: str, widget: QWidget) -> int:
        """Make the commands of `scope` answer their keys while `widget` has the keyboard.

        Returns how many there are.  Those it answers already are left as they are: a key that two
        actions answer is answered by none.
        """
        found = [command for command in self if command.scope == scope]
        bound = {action.objectName() for action in widget.actions()}
        for command in found:
            if command.id in bound:
                continue
            action = self.action(command, widget)
            widget.addAction(action)
            if command.single_key:
                action.setEnabled(self.single_keys)
                self._singles.append(action)
        return len(found)

    def set_single_keys(self, *, on: bool) -> None:
        """Switch the one-character shortcuts on or off (speech input fires them by accident)."""
        self.single_keys = on
        for action in self._singles:
            action.setEnabled(on)


def key_text(command: Command) -> str:
    """Its first shortcut in the words of the keyboard (« Ctrl+Maj+N »)."""
    keys = command.keys
    native = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(keys[0]).toString(native) if keys else ""
