"""What the hub set aside: what it was, why, and what to do about it; nothing of it is lost."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.sync.settle_load import Rejected
from desktop.sync.words import hour, refusal

Act = Callable[[Rejected], None]


class RejectedCard(QFrame):
    """The words, the reason, the remedy, and the acts that the remedy speaks of."""

    def __init__(
        self, theme: Theme, one: Rejected, zone: ZoneInfo, now: int, *, rewrite: Act, resend: Act
    ) -> None:
        super().__init__()
        self.setObjectName("rejectedCard")
        self.setProperty("surface", "raised")
        px = theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(10), px(8), px(10), px(10))
        whole.setSpacing(px(4))
        whole.addWidget(words(one.title, role="title"))
        whole.addWidget(words(hour(one.made_at, zone, now), role="small", ink="muted"))
        if one.text:
            whole.addWidget(words(one.text))
        reason, remedy = refusal(one.why)
        whole.addWidget(words(reason, ink="danger"))
        whole.addWidget(words(remedy, ink="muted"))
        line = FlowBox(gap=px(6))
        if one.text:
            copy = QPushButton(_("Recopier dans une nouvelle entrée"))
            copy.setProperty("kind", "primary")
            copy.clicked.connect(lambda: rewrite(one))
            line.flow.addWidget(copy)
        again = QPushButton(_("Renvoyer tel quel"))
        again.clicked.connect(lambda: resend(one))
        line.flow.addWidget(again)
        whole.addWidget(line)
