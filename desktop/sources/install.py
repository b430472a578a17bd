"""Puts sources on the desk: the board, the wizard, the process that follows them, drops and pastes."""

from PySide6.QtWidgets import QWidget

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.drops import Taker
from desktop.sources import dropping
from desktop.sources.actions import Runner
from desktop.sources.board import ACTS, DOCK
from desktop.sources.commands import register
from desktop.sources.door import Maker, Reader
from desktop.sources.windows import Sources


def build(desk: Desk, runner: Runner, reader: Reader, maker: Maker) -> Sources:
    """Put the board and its commands on the desk."""
    window = desk.shared.parent()
    if not isinstance(window, QWidget):
        message = "sources need a window"
        raise TypeError(message)
    sources = Sources(desk, runner, reader, maker, window)
    desk.docks.add(DOCK, _("Sources"), sources.board, area="centre", icon="antenna")
    register(sources)
    sources.board.foot.offer(desk.commands, ACTS)
    desk.drops.add(
        Taker(wants=dropping.takes, take=sources.drop, words=_("Déposez pour ajouter un calque"))
    )
    sources.shelf.read()
    return sources
