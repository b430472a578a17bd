"""What a right click on the list offers: the acts of the selected entries, with their keys."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QTableView

from beffroi.text import _
from desktop.api import Desk

MENU_ACTS = (
    "qualify", "complete", "correct", "", "link", "dossier", "followup", "star", "",
    "read", "read_all", "", "look", "order", "", "void",
)  # fmt: skip
"""What a right click offers; an empty name is a line."""


def offer_acts(desk: Desk, view: QTableView, at: QPoint) -> None:
    """Show the menu at a point of the list."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in MENU_ACTS:
        if not name:
            menu.addSeparator()
            continue
        command = desk.commands[f"logbook.{name}"]
        icon = desk.theme.icon(command.icon) if command.icon else QIcon()
        action = menu.addAction(icon, f"{_(command.title)}\t{command.shortcut}")
        action.setEnabled(desk.commands.can_run(command.id))
        action.triggered.connect(partial(_run, desk, command.id))
    menu.popup(view.viewport().mapToGlobal(at))


def _run(desk: Desk, command: str, _checked: bool = False) -> None:
    desk.commands.run(command)
