"""Puts sources on the desk: the board, the wizard, the process that follows them, drops and pastes."""

from PySide6.QtWidgets import QWidget

from beffroi.plugin import Fetched, Options
from beffroi.sources.fetching import fetch_now
from beffroi.sources.guard import Guard
from beffroi.sources.settings import allow_list, proxy_of
from beffroi.text import _, language
from desktop.api import Desk
from desktop.kit.drops import Taker
from desktop.sources import dropping
from desktop.sources.actions import Runner
from desktop.sources.board import ACTS, DOCK
from desktop.sources.commands import register
from desktop.sources.door import Maker, Reader
from desktop.sources.maker import NodeMaker
from desktop.sources.reader import Fetch, GuardedReader
from desktop.sources.relay import Relay
from desktop.sources.windows import Sources


def install(desk: Desk) -> None:
    """Show the sources of the profile, and follow them until the desk closes."""
    guard = Guard()
    relay = Relay(desk, language(), desk.shared)
    process = relay.process
    node = desk.node
    kept = node.attachments.open_bytes
    reader = GuardedReader(guard, fetching(desk), kept, node.clock, node.info.zone)
    sources = build(desk, process, reader, NodeMaker(desk.node))
    process.state_told.connect(sources.follow)
    process.observations_changed.connect(sources.shelf.state_changed)
    process.notice.connect(sources.hearing.heard)
    sources.board.on_shut(process.stop)
    sources.board.on_shut(guard.close)
    relay.begin()


def fetching(desk: Desk) -> Fetch:
    """Asks an address once, within what the administrator of this profile allows."""

    def fetch(address: str, transport: str, options: Options, secret: str) -> Fetched:
        allow, proxy = allow_list(desk.node.settings), proxy_of(desk.node.settings)
        return fetch_now(address, transport, options, secret=secret, allow=allow, proxy=proxy)

    return fetch


def build(desk: Desk, runner: Runner, reader: Reader, maker: Maker) -> Sources:
    """Put the board and its commands on the desk."""
    window = desk.shared.parent()
    if not isinstance(window, QWidget):
        message = "sources need a window"
        raise TypeError(message)
    sources = Sources(desk, runner, reader, maker, window)
    desk.docks.add(DOCK, _("Sources"), sources.board, area="centre", icon="antenna")
    register(sources)
    sources.board.foot.offer(desk.commands, ACTS)
    desk.drops.add(
        Taker(wants=dropping.takes, take=sources.drop, words=_("Déposez pour ajouter un calque"))
    )
    sources.shelf.read()
    return sources
