"""Puts the main courante on the desk: its docks, and what can be done there."""

from beffroi.text import _
from desktop.api import Desk
from desktop.logbook import tag_look, writing
from desktop.logbook.commands import LogbookCommands
from desktop.logbook.dossier_panel import DossierPanel
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.filter_popover import FilterPopover
from desktop.logbook.followup_panel import FollowUpPanel
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.number_jump import NumberJump
from desktop.logbook.views import ViewPopover, ViewShelf


def install(desk: Desk) -> None:
    """Add the docks `logbook`, `entry`, `dossiers`, `followups`, and register the commands."""
    tag_look.use(desk.node.taxonomy)
    if desk.node.taxonomy_problem:
        desk.notices.warn(desk.node.taxonomy_problem)
    pen = writing.install(desk)
    panel = ListPanel(desk, pen.capture)
    entry = EntryPanel(desk, pen.capture.lookups)
    dossiers = DossierPanel(desk)
    shelf = ViewShelf(desk, panel.search, panel)
    ViewPopover(desk, shelf, panel.search)
    FilterPopover(desk, panel.search, pen.capture.lookups)
    entry.dossier_asked.connect(dossiers.open)
    entry.acts.left.connect(panel.into_list)
    entry.left.connect(panel.into_list)
    pen.capture.left.connect(panel.into_list)
    panel.view.left.connect(panel.into_search)
    docks = desk.docks
    docks.add("logbook", _("Main courante"), panel, area="left", icon="notebook")
    docks.add("entry", _("Entrée"), entry, area="right", icon="file-text")
    docks.add("dossiers", _("Dossiers"), dossiers, area="left", icon="folders")
    docks.add("followups", _("Suites"), FollowUpPanel(desk), area="left", icon="checks")
    LogbookCommands(desk, panel, entry, NumberJump(desk, panel), shelf).register()
    desk.commands.bind("logbook", entry)
