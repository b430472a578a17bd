"""Everything the user can do, said once: menus, palette, shortcuts and help all read it here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.kit.notices import Notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing the user can do."""

    id: str
    title: str
    run: Callable[[], None]
    menu: str = ""
    shortcut: str = ""


@dataclass(slots=True)
class Commands:
    """The registry.  Whoever shows commands reads it; nobody builds a QAction elsewhere."""

    notices: Notices
    _known: dict[str, Command] = field(default_factory=dict[str, Command])

    def register(self, *commands: Command) -> None:
        """Add commands; an id or a shortcut used twice is a programming error."""
        for command in commands:
            taken = {c.shortcut for c in self._known.values() if c.shortcut}
            if command.id in self._known or command.shortcut in taken:
                message = f"{command.id} or {command.shortcut!r} is already taken"
                raise ValueError(message)
            self._known[command.id] = command

    def __iter__(self) -> Iterator[Command]:
        return iter(self._known.values())

    def run(self, command_id: str) -> None:
        """Run a command and turn an error meant for people into a notice."""
        try:
            self._known[command_id].run()
        except BeffroiError as error:
            self.notices.warn(str(error))

    def actions(self, parent: QWidget) -> list[QAction]:
        """One QAction per command, ready for menus and toolbars."""
        made: list[QAction] = []
        for command in self:
            action = QAction(_(command.title), parent)
            action.setObjectName(command.id)
            action.setShortcut(QKeySequence(command.shortcut))
            action.triggered.connect(lambda _checked=False, c=command: self.run(c.id))
            made.append(action)
        return made
