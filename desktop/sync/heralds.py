"""A short notice when the link goes or comes back, for those who do not look at the bandeau."""

from PySide6.QtCore import QObject, QTimer

from beffroi.sync.status import LinkStatus
from beffroi.text import _, ngettext
from desktop.api import Desk

PATIENCE_MS = 8_000
"""A cut shorter than this is nobody's business."""


class LinkHerald(QObject):
    """Speaks when a cut lasts, when it ends, and when the hub lets the person in no more."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told = False
        self._waited = 0
        self._sentence = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._tell_cut)
        desk.link.status_changed.connect(self._follow)

    def _follow(self, status: LinkStatus) -> None:
        match status.state:
            case "offline":
                self._waited = max(self._waited, status.waiting)
                if not self._told and not self._patience.isActive():
                    self._patience.start()
            case "online":
                self._patience.stop()
                if self._told:
                    self._tell_return()
            case _:
                self._patience.stop()
        sentence = "" if status.state == "offline" else status.sentence
        if sentence and sentence != self._sentence:
            self._desk.notices.warn(sentence)
        self._sentence = sentence

    def _tell_cut(self) -> None:
        self._told = True
        self._desk.notices.info(
            _("Liaison coupée\u00a0: vous continuez hors ligne, tout partira au retour du réseau.")
        )

    def _tell_return(self) -> None:
        self._told = False
        sent, self._waited = self._waited, 0
        said = _("De nouveau en ligne.")
        if sent:
            said += " " + ngettext(
                "{n} élément a été envoyé.", "{n} éléments ont été envoyés.", sent
            ).format(n=sent)
        self._desk.notices.done(said)
