"""The moment that layers bound to a time are drawn for: the replay's, now, or the end of old data."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.api import Desk
from desktop.map.bridge import Bridge

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000


class Moment(QObject):
    """Tells the page, and whoever listens, which moment the map shows (UTC ms).

    While time is replayed it is the end of the window.  Else it is now, as long as the main
    courante is alive; a main courante that ended days ago is shown as it was at its last entry.
    """

    changed = Signal(object)
    """The moment, in UTC ms (too big for Qt’s own integers)."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._replayed: int | None = None
        self.value = 0
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self.settle)
        self._clock.start()
        self.settle()

    def replay(self, _since: int | None, until: int | None) -> None:
        """Follow the window of the time bar; None when it is closed."""
        self._replayed = until
        self.settle()

    def settle(self) -> None:
        """Work the moment out again."""
        moment = self._replayed or self._present()
        if moment != self.value:
            self.value = moment
            self._bridge.keep("moment", moment)
            self.changed.emit(moment)

    def _present(self) -> int:
        now = self._desk.node.clock.now() // _MINUTE_MS * _MINUTE_MS
        period = self._desk.node.points.extent()
        return period[1] if period and now - period[1] > _DAY_MS else now
