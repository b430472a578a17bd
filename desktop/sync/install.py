"""Puts the hub on the desk: the process that talks to it, and the panels about the others."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from beffroi.sync.announcing import announce
from beffroi.sync.process import command
from beffroi.sync.status import Start
from beffroi.text import _
from desktop.api import Desk
from desktop.sync.heralds import LinkHerald
from desktop.sync.presence_panel import PresencePanel
from desktop.sync.process import SyncProcess
from desktop.sync.relay import Announce, Process, Relay
from desktop.sync.settle_panel import SettlePanel


def install(desk: Desk, first: Callable[[], Start], parent: QObject) -> SyncProcess:
    """Start the sync process and show what it brings; `stop()` what is returned with the desk.

    `first` makes the line that says which profile, and who is at the desk.
    """
    process = SyncProcess(command(), first, parent)
    relay = show(desk, process, announce, parent)
    process.told.connect(relay.hear)
    process.start()
    return process


def show(desk: Desk, process: Process, publish: Announce, parent: QObject) -> Relay:
    """Put the panels on the desk, and what listens to `process`."""
    relay = Relay(desk, process, publish, parent)
    LinkHerald(desk, parent)
    desk.docks.add(
        "settle", _("À départager"), SettlePanel(desk), area="centre", icon="arrow-merge"
    )
    desk.docks.add("present", _("Présents"), PresencePanel(desk), area="right", icon="users")
    return relay
