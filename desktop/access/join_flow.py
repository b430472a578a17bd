"""Walks an officer from an enrolment code to a profile that can be opened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from beffroi.errors import BeffroiError
from beffroi.sync.station import Station
from beffroi.text import _
from desktop.access.enrol_form import EnrolForm
from desktop.access.join_foot import Foot
from desktop.access.joining import Door
from desktop.access.workspace_form import WorkspaceForm
from desktop.kit.tasks import Tasks

if TYPE_CHECKING:
    from beffroi.sync.joining import Offer

T = TypeVar("T")


class JoinFlow(QObject):
    """Two forms, one after the other; what the centre refuses is said in the one on screen."""

    asked = Signal()
    """The first form is to be shown."""
    offered = Signal()
    """The second form is to be shown."""
    joined = Signal(object, str, str)
    """A profile is there: its folder, the account and the secret that open it."""

    refused = Signal()
    """The form on screen says what is wrong, and may show less than before."""

    def __init__(
        self,
        door: Callable[[], Door],
        tasks: Tasks,
        enrol: EnrolForm,
        workspaces: WorkspaceForm,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make, self._tasks = door, tasks
        self._made: Door | None = None
        self._enrol, self._workspaces = enrol, workspaces
        self._station: Station | None = None
        self._offer: Offer | None = None
        self._secret = ""
        enrol.submitted.connect(self._log_in)
        workspaces.submitted.connect(self._join)
        workspaces.left.connect(self.begin)

    @property
    def _door(self) -> Door:
        """The way to the centre, made when somebody wants to go there."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def _enrolled(self) -> Station | None:
        return self._door.station()

    def begin(self, account: str = "") -> None:
        """From the start: is this machine enrolled already?"""

        def known(station: Station | None) -> None:
            self._station = station
            self._enrol.offer(station, account)
            self.asked.emit()

        def damaged(error: BaseException) -> None:
            known(None)
            self._refuse(self._enrol.foot, error)

        self._tasks.run(self._enrolled, known, damaged)

    def _log_in(self, code: str, name: str, account: str, secret: str) -> None:
        door, station = self._door, self._station
        self._secret = secret

        def work() -> "tuple[Station, Offer | BeffroiError]":
            enrolled = door.enrol(code, name) if code or station is None else station
            try:
                return enrolled, door.offer(enrolled, account, secret)
            except BeffroiError as error:
                return enrolled, error  # the code is used up: the enrolment must not be forgotten

        self._wait(self._enrol.foot, work, self._logged_in)

    def _logged_in(self, answer: "tuple[Station, Offer | BeffroiError]") -> None:
        self._station, offer = answer
        if isinstance(offer, BeffroiError):
            self._enrol.offer(self._station, "")
            self._refuse(self._enrol.foot, offer)
            self._enrol.secret.selectAll()
            return
        self._offer = offer
        self._workspaces.offer(offer.session.display, offer.workspaces)
        self.offered.emit()

    def _join(self, workspace: str, folder: Path) -> None:
        door, station, offer, secret = self._door, self._station, self._offer, self._secret
        if station is None or offer is None:
            return
        account = offer.session.account

        def work() -> None:
            door.join(folder, station, offer, workspace, secret)

        def made(_none: None) -> None:
            self.joined.emit(folder, account, secret)

        self._wait(self._workspaces.foot, work, made)

    def _wait(self, foot: Foot, work: Callable[[], T], done: Callable[[T], None]) -> None:
        foot.set_busy(busy=True)

        def answered(answer: T) -> None:
            foot.set_busy(busy=False)
            done(answer)

        self._tasks.run(work, answered, partial(self._refuse, foot))

    def _refuse(self, foot: Foot, error: BaseException) -> None:
        foot.set_busy(busy=False)
        self.refused.emit()
        from beffroi.sync.trouble import HubSilent  # loads the HTTP client, after a failure only

        if isinstance(error, HubSilent):
            # What it says is for someone at work; nothing is written here yet.
            foot.say(
                _("Le centre ne répond pas\u00a0: vérifiez le réseau et le code, puis réessayez.")
            )
            return
        if not isinstance(error, BeffroiError):
            foot.say(_("Une erreur inattendue s’est produite\u00a0: prévenez l’assistance."))
            raise error
        foot.say(str(error))
