"""A second page that nobody sees, told the same as the first: it gives pictures of the map."""

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineWidgets import QWebEngineView

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.kit.canvas import Event, Look, Route
from desktop.map.bridge import Bridge
from desktop.map.page import Page, Profile
from desktop.map.scheme import HOME, Handler

_OF_THE_MOMENT = frozenset(
    ("select", "preview", "found", "pick", "go", "fit", "fit-mercator", "reveal", "travel", "north",
     "focus", "measure", "theme", "print-frame", "drawing-tool", "drawing-selected")
)  # fmt: skip
"""What is told to the first page and is not for a picture: where one looks, what one is doing."""
_PATIENCE_MS = 60_000
Done = Callable[[bytes], None]
Failed = Callable[[BaseException], None]


class StillPage(QObject):
    """Implements `desktop.kit.canvas.Stills`."""

    def __init__(
        self, source: Bridge, theme: Event, routes: dict[str, Route], parent: QObject
    ) -> None:
        """`source` tells the first page; this one hears the same from now on, in its own `theme`."""
        super().__init__(parent)
        self._source = source
        self._asked: dict[int, tuple[Done, Failed]] = {}
        self._number = 0
        self._bridge = Bridge(self)
        self._bridge.keep("theme", theme)
        for command, argument in source.state.items():
            self._follow(command, argument, kept=True)
        source.mirror(self._follow)
        self._bridge.on("picture-taken", self._taken)
        self._bridge.on("picture-failed", self._refused)
        self._handler = Handler(routes)
        self._profile = Profile(self._handler)
        self._view = QWebEngineView()
        self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.resize(640, 480)
        self._page = Page(self._profile, self._view)
        self._channel = QWebChannel()
        self._channel.registerObject("desk", self._bridge)
        self._page.setWebChannel(self._channel)
        self._view.setPage(self._page)
        self._view.show()
        self._view.load(HOME)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._lost)
        self._shut = False

    def _follow(self, command: str, argument: Any, *, kept: bool) -> None:
        """Tell this page what the first is told."""
        if command in _OF_THE_MOMENT:
            return
        if kept:
            self._bridge.keep(command, argument)
        elif self._bridge.open:
            self._bridge.tell(command, argument)

    @property
    def messages(self) -> list[str]:
        """What went wrong in the page, for tests and the log."""
        return self._page.messages

    @property
    def is_shut(self) -> bool:
        """Whether it takes no more pictures."""
        return self._shut

    def take(self, look: Look, done: Done, failed: Failed) -> None:
        """See `Stills`."""
        self._number += 1
        self._asked[self._number] = (done, failed)
        self._bridge.tell(
            "picture",
            {
                "n": self._number,
                "x": look.x,
                "y": look.y,
                "resolution": look.resolution,
                "rotation": look.rotation,
                "width": look.width,
                "height": look.height,
                "ratio": look.ratio,
            },
        )
        self._patience.start()

    def _taken(self, event: Event) -> None:
        """Fetch the picture: what a page returns comes faster than what it tells."""
        number = int(event["n"])
        script = f"window.pictures.take({number})"
        self._page.runJavaScript(script, 0, partial(self._came, number))

    def _came(self, number: int, told: object) -> None:
        asked = self._asked.pop(number, None)
        self._wait_on()
        if asked is None:
            return
        done, failed = asked
        picture = b64decode(str(told or ""))
        if picture:
            done(picture)
        else:
            failed(_not_drawn())

    def _refused(self, event: Event) -> None:
        if asked := self._asked.pop(int(event["n"]), None):
            asked[1](_not_drawn())
        self._wait_on()

    def _wait_on(self) -> None:
        if self._asked:
            self._patience.start()
        else:
            self._patience.stop()

    def _lost(self) -> None:
        """Nothing came for too long: whoever waits is told once."""
        asked, self._asked = self._asked, {}
        for _done, failed in list(asked.values())[:1]:
            failed(_not_drawn())

    def shut(self) -> None:
        """See `Stills`; the order is that of `MapView.shut`."""
        if self._shut:
            return
        self._shut = True
        self._source.unmirror(self._follow)
        self._asked.clear()
        self._patience.stop()
        self._bridge.close()
        self._view.hide()
        for thing in (self._view, self._channel, self._profile):
            if shiboken6.isValid(thing):
                thing.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _not_drawn() -> BeffroiError:
    return BeffroiError(
        _(
            "La carte n’a pas pu être dessinée pour l’impression\u00a0: réessayez, ou masquez des calques."
        )
    )
