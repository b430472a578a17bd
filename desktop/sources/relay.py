"""Between the collecting process and the desk: what it tells becomes changes on the node's feed."""

from PySide6.QtCore import QObject

from beffroi.logbook.changes import SheetChanged
from beffroi.node.collecting import collecting
from beffroi.observations import ObservationsChanged
from beffroi.sources.process import command
from desktop.api import Desk
from desktop.sources.process import SourcesProcess


class Relay(QObject):
    """Starts the process with the desk, tells it which sources changed, and passes on what it says."""

    def __init__(self, desk: Desk, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.process = SourcesProcess(command(), lambda: collecting(desk.node, language), self)
        self.process.observations_changed.connect(self._moved)
        desk.feed.on(SheetChanged, self._sheet_changed)

    def _moved(self, uid: str) -> None:
        self._desk.node.feed.publish(ObservationsChanged(source=uid))

    def _sheet_changed(self, change: SheetChanged) -> None:
        """Made, changed or dropped, here or elsewhere."""
        if change.kind == "source":
            self.process.reload(change.uid)
