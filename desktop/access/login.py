"""The one panel between the officer and the desk: profile, account, secret, then the post."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.profile import Erased
from beffroi.text import _
from desktop.access.credentials import CredentialsForm
from desktop.access.enrol_form import EnrolForm
from desktop.access.erased import ErasedPage
from desktop.access.join_flow import JoinFlow
from desktop.access.joining import Door, front_door
from desktop.access.masthead import Masthead
from desktop.access.posts import PostForm
from desktop.access.workspace_form import WorkspaceForm
from desktop.kit.preferences import Preferences
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme

Opener = Callable[[Path, str, str], Node]
"""Opens a profile for an account with its secret, or raises a `BeffroiError`."""
_SEEN, _UNSEEN = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
BREATH_MS = 1200


class LoginPanel(QWidget):
    """A window of its own, without any dialog after it."""

    entered = Signal(object)
    """The open `Node`, its post chosen."""
    left = Signal()
    """The person closed the panel without entering."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        opener: Opener,
        preferences: Preferences,
        door: Callable[[], Door] = front_door,
    ) -> None:
        """`door` makes the way to a centre."""
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Ouvrir un profil – Beffroi"))
        self._tasks = tasks
        self._opener = opener
        self._preferences = preferences
        self._node: Node | None = None
        self._posts: Sequence[str] = ()
        self.credentials = CredentialsForm(theme, preferences, self)
        self.posts = PostForm(self)
        self.enrol = EnrolForm(theme, self)
        self.workspaces = WorkspaceForm(theme, self)
        self.erased = ErasedPage(theme, self)
        self._steps = QStackedLayout()
        for step in (self.credentials, self.posts, self.enrol, self.workspaces, self.erased):
            self._steps.addWidget(step)
        self._masthead = Masthead(theme, self)
        self._step_to(self.credentials)
        self.flow = JoinFlow(door, tasks, self.enrol, self.workspaces, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(36), theme.px(30), theme.px(36), theme.px(30))
        column.setSpacing(theme.px(18))
        column.addWidget(self._masthead)
        column.addLayout(self._steps)
        column.addStretch()
        self.setMinimumWidth(theme.px(460))
        self.credentials.profile_changed.connect(self._masthead.show_profile)
        self.credentials.submitted.connect(self._try)
        self.posts.chosen.connect(self._take)
        self.credentials.join_asked.connect(self._join)
        self.enrol.left.connect(lambda: self._step_to(self.credentials))
        self.erased.left.connect(self.close)
        self.flow.asked.connect(lambda: self._step_to(self.enrol))
        self.flow.offered.connect(lambda: self._step_to(self.workspaces))
        self.flow.refused.connect(lambda: QTimer.singleShot(0, self, self.adjustSize))
        self.flow.joined.connect(self._open_joined)
        self._masthead.show_profile(self.credentials.folder)

    def offer(self, folder: Path | None, account: str = "", sentence: str = "") -> None:
        """Start from a profile and an account already known, and say what went wrong."""
        if folder is not None:
            self.credentials.choose(folder, account)
        if sentence:
            self.credentials.refuse(sentence)
        self.credentials.focus_first_gap()

    def _step_to(self, step: QWidget) -> None:
        """Show a step; the panel is as high as the step it shows."""
        for each in (self.credentials, self.posts, self.enrol, self.workspaces, self.erased):
            policy = _SEEN if each is step else _UNSEEN
            each.setSizePolicy(policy, policy)
        self._steps.setCurrentWidget(step)
        joining = step in (self.enrol, self.workspaces)
        self._masthead.show_profile(None if joining else self.credentials.folder, quiet=joining)
        if step is self.credentials:
            self.credentials.focus_first_gap()
        elif step is self.enrol:
            self.enrol.focus_first_gap()
        else:
            step.setFocus()
        QTimer.singleShot(0, self, self.adjustSize)

    # Joining

    def _join(self) -> None:
        self.flow.begin(self.credentials.account.currentText().strip())

    def _open_joined(self, folder: Path, account: str, secret: str) -> None:
        self._step_to(self.credentials)
        self.credentials.choose(folder, account)
        self._try(folder, account, secret)

    # Unlocking

    def _try(self, folder: Path, account: str, secret: str) -> None:
        self.credentials.set_busy(busy=True)
        self._tasks.run(
            lambda: self._unlock(folder, account, secret),
            self._opened,
            self._refused,
            touches_store=True,
        )

    def _unlock(self, folder: Path, account: str, secret: str) -> tuple[Node, Sequence[str]]:
        node = self._opener(folder, account, secret)
        posts = next((a.posts for a in node.accounts.all() if a.name == account), ())
        return node, posts

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, BeffroiError):
            self.credentials.set_busy(busy=False)
            raise error
        if isinstance(error, Erased):
            self.erased.say(str(error), str(error.salvage or ""))
            self._step_to(self.erased)
            return
        self.credentials.refuse(str(error))
        QTimer.singleShot(0, self, self.adjustSize)
        QTimer.singleShot(BREATH_MS, self, lambda: self.credentials.set_busy(busy=False))

    def _opened(self, opened: tuple[Node, Sequence[str]]) -> None:
        self._node, posts = opened
        if len(posts) < 2:
            self._enter(self._node)
            return
        key = f"{self._node.folder.absolute()}#{self._node.who.account}"
        self.posts.offer(self._node.who.person, posts, self._preferences.posts.get(key, ""))
        self._step_to(self.posts)

    # The post

    def _take(self, post: str) -> None:
        node = self._node
        if node is None:
            return
        self.posts.setEnabled(False)
        if post == node.who.post:
            self._enter(node)
            return
        self._tasks.run(
            lambda: node.take_post(post), lambda _none: self._enter(node), touches_store=True
        )

    def _enter(self, node: Node) -> None:
        self._node = None
        self.entered.emit(node)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave; a profile already unlocked is locked again."""
        if self._node is not None:
            self._node.close()
            self._node = None
        self.left.emit()
        super().closeEvent(event)
