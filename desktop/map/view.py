"""One web view and its link, opened, reloaded after a crash and closed in the only safe order."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.kit.canvas import Route
from desktop.map.bridge import Bridge
from desktop.map.page import Page, Profile
from desktop.map.scheme import HOME, Handler


class MapView(QWidget):
    """The embedded page.  `bridge` speaks with it; `crashed` tells that it had to be restarted."""

    crashed = Signal()

    def __init__(
        self, bridge: Bridge, routes: dict[str, Route], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._handler = Handler(routes)
        self._profile = Profile(self._handler)
        self.view = QWebEngineView(self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAcceptDrops(False)  # what is dropped on the map goes to the window
        self.page = Page(self._profile, self.view)
        self._channel = QWebChannel()
        self._channel.registerObject("desk", self.bridge)
        self.page.setWebChannel(self._channel)
        self.page.renderProcessTerminated.connect(self._restart)
        self.view.setPage(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._closed = False

    def open(self) -> None:
        """Load the page."""
        self.view.load(HOME)

    def _restart(self, status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        normal = QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus
        if status is not normal and not self._closed:
            self.bridge.close()
            QTimer.singleShot(0, self, self.open)
            self.crashed.emit()

    def shut(self) -> None:
        """Let go of the page: view, page, channel, profile; any other order crashes Chromium."""
        if self._closed:
            return
        self._closed = True
        self.bridge.close()
        self.view.hide()
        for thing in (self.view, self._channel, self._profile):
            if shiboken6.isValid(thing):
                thing.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
