"""The one panel between the officer and the desk: profile, account, secret, then the post."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.text import _
from desktop.access.credentials import CredentialsForm
from desktop.access.masthead import Masthead
from desktop.access.posts import PostForm
from desktop.kit.preferences import Preferences
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme

Opener = Callable[[Path, str, str], Node]
"""Opens a profile for an account with its secret, or raises a `BeffroiError`."""
_UNSEEN = QSizePolicy.Policy.Ignored
BREATH_MS = 1200


class LoginPanel(QWidget):
    """A window of its own, without any dialog after it."""

    entered = Signal(object)
    """The open `Node`, its post chosen."""
    left = Signal()
    """The person closed the panel without entering."""

    def __init__(
        self, theme: Theme, tasks: Tasks, opener: Opener, preferences: Preferences
    ) -> None:
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
        self._steps = QStackedLayout()
        self._steps.addWidget(self.credentials)
        self._steps.addWidget(self.posts)
        self.posts.setSizePolicy(_UNSEEN, _UNSEEN)  # the panel is as high as the step it shows
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(36), theme.px(30), theme.px(36), theme.px(30))
        column.setSpacing(theme.px(18))
        self._masthead = Masthead(theme, self)
        column.addWidget(self._masthead)
        column.addLayout(self._steps)
        column.addStretch()
        self.setMinimumWidth(theme.px(460))
        self.credentials.profile_changed.connect(self._masthead.show_profile)
        self.credentials.submitted.connect(self._try)
        self.posts.chosen.connect(self._take)
        self._masthead.show_profile(self.credentials.folder)

    def offer(self, folder: Path | None, account: str = "", sentence: str = "") -> None:
        """Start from a profile and an account already known, and say what went wrong."""
        if folder is not None:
            self.credentials.choose(folder, account)
        if sentence:
            self.credentials.refuse(sentence)
        self.credentials.focus_first_gap()

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
        self.posts.setSizePolicy(self.credentials.sizePolicy())
        self._steps.setCurrentWidget(self.posts)
        self.posts.setFocus()

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
