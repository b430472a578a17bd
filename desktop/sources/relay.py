"""Between the collecting process and the desk: what it tells becomes changes on the node's feed."""

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.changes import SheetChanged
from beffroi.node.collecting import collecting
from beffroi.observations import ObservationsChanged
from beffroi.sources.process import command
from desktop.api import Desk
from desktop.sources.process import SourcesProcess

CALM_MS = 3_000
"""How long the desk comes first, before the process is started."""


class Relay(QObject):
    """Starts the process when there is something to follow, tells it which sources changed.

    What it says is passed on to the node's feed.
    """

    looked = Signal(bool)
    """Whether there was something to follow when the desk had settled."""

    def __init__(self, desk: Desk, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._look)
        self.process = SourcesProcess(command(), lambda: collecting(desk.node, language), self)
        self.process.observations_changed.connect(self._moved)
        desk.feed.on(SheetChanged, self._sheet_changed)

    def begin(self) -> None:
        """Once the desk has settled, start the process if there is something to follow."""
        self._calm.start()

    def _look(self) -> None:
        self._desk.tasks.run(self._wanted, self._start_if)

    def _wanted(self) -> bool:
        """Whether there are sources, or what sources told that are no more."""
        node = self._desk.node
        return bool(node.sheets.all("source")) or any(node.observations.counts().values())

    def _start_if(self, wanted: bool) -> None:
        if wanted:
            self.process.start()
        self.looked.emit(wanted)

    def _moved(self, uid: str) -> None:
        self._desk.node.feed.publish(ObservationsChanged(source=uid))

    def _sheet_changed(self, change: SheetChanged) -> None:
        """Made, changed or dropped, here or elsewhere."""
        if change.kind == "source" and self.process.running:
            self.process.reload(change.uid)
        elif change.kind == "source":
            self.process.start()
