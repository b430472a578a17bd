"""One follow-up: who must do what by when, how late it is, and the two acts that move it on."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from beffroi.logbook.followups import FOLLOWUP_WORDS, PENDING, FollowUp, FollowUpStatus
from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import Section, words
from desktop.kit.theme import Theme
from desktop.logbook import wording

Move = Callable[[FollowUp, FollowUpStatus], None]
SOON_MS = 15 * wording.MINUTE


def due_look(followup: FollowUp, now: int) -> tuple[str, str]:
    """How long remains, and the colour token it is written in."""
    if followup.status not in PENDING:
        return _(FOLLOWUP_WORDS[followup.status]), "faint"
    if followup.due is None:
        return _("sans échéance"), "muted"
    said = wording.countdown(followup.due, now)
    if followup.late(now):
        return said, "danger"
    return said, "warning" if followup.due - now < SOON_MS else "muted"


def followup_row(theme: Theme, followup: FollowUp, now: int, move: Move | None) -> QWidget:
    """A follow-up, with its acts where one may write."""
    box = QWidget()
    whole = QVBoxLayout(box)
    whole.setContentsMargins(0, 0, 0, theme.px(4))
    whole.setSpacing(theme.px(2))
    whole.addWidget(words(followup.text))
    box_line = FlowBox(gap=theme.px(8))
    line = box_line.flow
    owner = words(followup.owner_post, role="small", wrap=False)
    line.addWidget(owner)
    said, ink = due_look(followup, now)
    line.addWidget(words(said, role="small", ink=ink, wrap=False))
    if followup.status is FollowUpStatus.ACKNOWLEDGED:
        status = _(FOLLOWUP_WORDS[followup.status])
        line.addWidget(words(status, role="small", ink="accent", wrap=False))
    if move is not None:
        for button in _buttons(followup, move):
            line.addWidget(button)
    whole.addWidget(box_line)
    if followup.note:
        whole.addWidget(words(followup.note, role="small", ink="muted"))
    return box


def _buttons(followup: FollowUp, move: Move) -> Iterator[QPushButton]:
    for title, status in _acts(followup):
        button = QPushButton(title)
        button.setProperty("kind", "quiet")
        button.clicked.connect(lambda _on=False, s=status: move(followup, s))
        yield button


def _acts(followup: FollowUp) -> list[tuple[str, FollowUpStatus]]:
    if followup.status is FollowUpStatus.OPEN:
        return [
            (_("Prendre en compte"), FollowUpStatus.ACKNOWLEDGED),
            (_("Clore"), FollowUpStatus.DONE),
        ]
    if followup.status is FollowUpStatus.ACKNOWLEDGED:
        return [(_("Clore"), FollowUpStatus.DONE)]
    return [(_("Rouvrir"), FollowUpStatus.OPEN)]


def followups(
    theme: Theme, found: tuple[FollowUp, ...], now: int, move: Move | None
) -> QWidget | None:
    """What must be done about an entry."""
    if not found:
        return None
    box = Section(theme, _("Suites à donner"))
    for followup in found:
        box.add(followup_row(theme, followup, now, move))
    return box
