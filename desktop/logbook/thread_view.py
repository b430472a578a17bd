"""What an entry is tied to: what it completes, what completes it, links both ways, dossiers."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from beffroi.logbook.dossiers import DOSSIER_STATUS_WORDS, Dossier
from beffroi.logbook.entry import LINK_WORDS, Entry, LinkKind
from beffroi.text import N_, _
from desktop.kit.theme import Theme
from desktop.logbook import wording
from desktop.logbook.entry_load import Seen
from desktop.logbook.parts import EntryRow, Section

INWARD_WORDS = {
    LinkKind.FOLLOWS: N_("Suivie par"),
    LinkKind.CONFIRMS: N_("Confirmée par"),
    LinkKind.CONTRADICTS: N_("Contredite par"),
    LinkKind.DUPLICATES: N_("A pour doublon"),
    LinkKind.CAUSES: N_("Causée par"),
    LinkKind.PART_OF: N_("Comprend"),
}
Open = Callable[[str], None]


def thread(theme: Theme, seen: Seen, zone: ZoneInfo, now: int, open_entry: Open) -> QWidget | None:
    """Parent, children and links, each clickable; None when the entry stands alone."""
    around = seen.thread
    rows: list[tuple[str, Entry]] = []
    if around.parent is not None:
        rows.append((_("Complète"), around.parent))
    rows += [(_("Complétée par"), child) for child in around.children]
    rows += [(_(LINK_WORDS[kind]), entry) for kind, entry in around.links_out]
    rows += [(_(INWARD_WORDS[kind]), entry) for kind, entry in around.links_in]
    if not rows:
        return None
    box = Section(theme, _("Fil"))
    for lead, entry in rows:
        time = wording.short_moment(entry.event_time, zone, now)
        row = EntryRow(theme, entry, time, lead=lead)
        row.asked.connect(open_entry)
        box.add(row)
    return box


def dossiers(theme: Theme, seen: Seen, open_dossier: Open) -> QWidget | None:
    """The dossiers that the entry is in."""
    if not seen.thread.dossiers:
        return None
    box = Section(theme, _("Dossiers"))
    for dossier in seen.thread.dossiers:
        box.add(_dossier(theme, dossier, open_dossier))
    return box


def _dossier(theme: Theme, dossier: Dossier, open_dossier: Open) -> QWidget:
    status = _(DOSSIER_STATUS_WORDS[dossier.status])
    button = QPushButton(
        theme.icon("folder", "accent"), f"{dossier.number} – {dossier.title} ({status})"
    )
    button.setProperty("kind", "quiet")
    button.setStyleSheet("text-align: left;")
    button.setIconSize(QSize(theme.px(16), theme.px(16)))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: open_dossier(dossier.uid))
    return button
