"""What an entry is tied to: what it completes, what completes it, links both ways, dossiers."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from beffroi.logbook.dossiers import DOSSIER_STATUS_WORDS, Dossier
from beffroi.logbook.entry import LINK_WORDS, Entry, LinkKind
from beffroi.text import N_, _
from desktop.kit.pieces import Section
from desktop.kit.theme import Theme
from desktop.logbook import wording
from desktop.logbook.entry_load import Seen
from desktop.logbook.parts import EntryRow

INWARD_WORDS = {
    LinkKind.FOLLOWS: N_("Suivie par"),
    LinkKind.CONFIRMS: N_("Confirmée par"),
    LinkKind.CONTRADICTS: N_("Contredite par"),
    LinkKind.DUPLICATES: N_("A pour doublon"),
    LinkKind.CAUSES: N_("Causée par"),
    LinkKind.PART_OF: N_("Comprend"),
}
Open = Callable[[str], None]
Unlink = Callable[[str, LinkKind, str], None]


def thread(
    theme: Theme, seen: Seen, zone: ZoneInfo, open_entry: Open, unlink: Unlink
) -> QWidget | None:
    """Parent, children and links, each clickable; None when the entry stands alone.

    Hours of the same day as the entry go without their date.
    """
    around, day = seen.thread, seen.entry.event_time
    box = Section(theme, _("Fil"))

    def row(lead: str, entry: Entry, undo: Callable[[], None] | None = None) -> None:
        line = EntryRow(theme, entry, wording.short_moment(entry.event_time, zone, day), lead=lead)
        line.asked.connect(open_entry)
        box.add(line if undo is None else _with_cross(theme, line, _("Défaire ce lien"), undo))

    if around.parent is not None:
        row(_("Complète"), around.parent)
    for child in around.children:
        row(_("Complétée par"), child)
    uid = seen.entry.uid
    for kind, entry in around.links_out:
        row(_(LINK_WORDS[kind]), entry, partial(unlink, uid, kind, entry.uid))
    for kind, entry in around.links_in:
        row(_(INWARD_WORDS[kind]), entry, partial(unlink, entry.uid, kind, uid))
    alone = around.parent is None and not (around.children or around.links_out or around.links_in)
    return None if alone else box


def dossiers(
    theme: Theme, seen: Seen, open_dossier: Open, take_out: Callable[[str], None]
) -> QWidget | None:
    """The dossiers that the entry is in."""
    if not seen.thread.dossiers:
        return None
    box = Section(theme, _("Dossiers"))
    for dossier in seen.thread.dossiers:
        line = _dossier(theme, dossier, open_dossier)
        undo = partial(take_out, dossier.uid)
        box.add(_with_cross(theme, line, _("Retirer l’entrée de ce dossier"), undo))
    return box


def _with_cross(theme: Theme, line: QWidget, words: str, undo: Callable[[], None]) -> QWidget:
    """A row that can be undone: a small cross at its end."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(line, 1)
    cross = QToolButton()
    cross.setIcon(theme.icon("x"))
    side = theme.px(13)
    cross.setIconSize(QSize(side, side))
    cross.setToolTip(words)
    cross.setAccessibleName(words)
    cross.clicked.connect(lambda _on=False: undo())
    layout.addWidget(cross)
    return box


def _dossier(theme: Theme, dossier: Dossier, open_dossier: Open) -> QWidget:
    status = _(DOSSIER_STATUS_WORDS[dossier.status])
    button = QPushButton(theme.icon("folder", "accent"), f"{dossier.number} – {dossier.title}")
    button.setProperty("kind", "quiet")
    button.setStyleSheet("text-align: left;")
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolTip(f"{dossier.title} ({status})")
    button.clicked.connect(lambda: open_dossier(dossier.uid))
    return button
