"""Figures of a dossier: each indicator with all that was said of it, side by side, and what was kept."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from beffroi.logbook.figures import Figure, Indicator
from beffroi.text import _
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.logbook import wording

Ask = Callable[[Indicator], None]
Named = Callable[[str], str]


def indicator_card(
    theme: Theme,
    indicator: Indicator,
    zone: ZoneInfo,
    now: int,
    arbitrate: Ask | None,
    person: Named,
) -> QWidget:
    """An indicator: the wording kept if any, then every value with its source and its hour."""
    card = QFrame()
    card.setProperty("surface", "card")
    whole = QVBoxLayout(card)
    px = theme.px
    whole.setContentsMargins(px(10), px(8), px(10), px(8))
    whole.setSpacing(px(5))
    head = QHBoxLayout()
    head.addWidget(words(indicator.name, role="section", wrap=False), 1)
    if indicator.conflict:
        head.addWidget(words(_("valeurs contradictoires"), role="small", ink="danger", wrap=False))
    if arbitrate is not None and len({figure.source for figure in indicator.figures}) > 1:
        button = QPushButton(_("Arbitrer"))
        button.setProperty("kind", "primary" if indicator.conflict else "quiet")
        button.clicked.connect(lambda: arbitrate(indicator))
        head.addWidget(button)
    whole.addLayout(head)
    if indicator.arbitration is not None:
        whole.addWidget(_kept(indicator, zone, now, person))
    whole.addWidget(_values(theme, indicator, zone, now))
    return card


def _kept(indicator: Indicator, zone: ZoneInfo, now: int, person: Named) -> QWidget:
    box = QWidget()
    whole = QVBoxLayout(box)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(1)
    settled = indicator.arbitration
    if settled is not None:
        whole.addWidget(words(settled.kept, role="title"))
        time = wording.short_moment(settled.at, zone, now)
        said = _("arbitré par {who}, {time} : {reason}").format(
            time=time, who=person(settled.author), reason=settled.reason
        )
        whole.addWidget(words(said, role="small", ink="muted"))
    return box


def _values(theme: Theme, indicator: Indicator, zone: ZoneInfo, now: int) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(2))
    grid.setColumnStretch(1, 1)
    for row, figure in enumerate(indicator.figures):
        value = words(value_words(figure), wrap=False)
        value.setStyleSheet("font-weight: 600;")
        grid.addWidget(value, row, 0, Qt.AlignmentFlag.AlignTop)
        said = figure.source + (f" – {figure.note}" if figure.note else "")
        grid.addWidget(words(said, role="small"), row, 1)
        time = wording.short_moment(figure.as_of, zone, now)
        grid.addWidget(
            words(time, role="small", ink="muted", wrap=False), row, 2, Qt.AlignmentFlag.AlignTop
        )
    return box


def value_words(figure: Figure) -> str:
    """« 4 sites », « ≈ 250 000 voyageurs » when it is provisional."""
    said = f"{figure.value} {figure.unit}".strip()
    return f"≈ {said}" if figure.provisional else said
