"""Taking a copy of the profile out of harm's way, encrypted as it is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from beffroi.clock import to_datetime
from beffroi.text import _
from desktop.api import Desk


def backup_folder(desk: Desk, parent: Path) -> Path:
    """A fresh folder named after the profile and the present minute."""
    moment = to_datetime(desk.node.clock.now())
    return parent / f"{desk.node.folder.name}-{moment:%Y%m%d-%H%M}Z"


def back_up(desk: Desk, window: QWidget) -> None:
    """Ask where, copy in the background, say where it is."""
    chosen = QFileDialog.getExistingDirectory(window, _("Où mettre la sauvegarde ?"))
    if chosen:
        back_up_into(desk, Path(chosen))


def back_up_into(desk: Desk, parent: Path) -> None:
    """Copy the profile into a fresh folder of `parent`."""
    target = backup_folder(desk, parent)

    def work() -> None:
        desk.node.back_up(target)

    def done(_none: None) -> None:
        desk.notices.done(_("Sauvegarde faite dans {folder}.").format(folder=target))

    desk.notices.info(_("Sauvegarde en cours…"))
    desk.tasks.run(work, done, touches_store=True)
