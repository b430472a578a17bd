"""Builds a desk around an open node, in one place, and puts it away in the reverse order."""

from collections.abc import Iterable

from PySide6.QtCore import QSettings

from beffroi.node import Node
from beffroi.text import N_
from desktop.api import Desk, Install, Shuts
from desktop.kit.commands import Command, Commands
from desktop.kit.drops import Drops
from desktop.kit.feed import QtFeed
from desktop.kit.link import Link
from desktop.kit.notices import Notices
from desktop.kit.preferences import PreferenceFile
from desktop.kit.shared import Shared
from desktop.kit.stack import Stack
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.kit.watch import Watch
from desktop.map.canvas import MapCanvas
from desktop.shell.armement import LevelPanel
from desktop.shell.backup import back_up
from desktop.shell.commands import Shell
from desktop.shell.farewell import Farewell
from desktop.shell.header import Header
from desktop.shell.idle import IdleWatch
from desktop.shell.lockscreen import LockScreen
from desktop.shell.radio import RadioPage
from desktop.shell.secret_change import SecretChange
from desktop.shell.window import Window
from desktop.sync.popover import LinkPopover


class Assembly:
    """A desk, its window, and what keeps them alive."""

    def __init__(
        self,
        node: Node,
        theme: Theme,
        preferences: PreferenceFile | None = None,
        *,
        hub: str = "",
        last_contact: int = 0,
    ) -> None:
        """`hub` is the address of the hub that this profile works with, if there is one.

        It was heard of for the last time at `last_contact` (UTC ms).
        """
        settings = QSettings(str(node.folder / "desk.ini"), QSettings.Format.IniFormat)
        self.notices = Notices()
        self.tasks = Tasks()
        self.tasks.unhandled.connect(self.notices.failure)
        self.window = Window(node.info, theme, settings, self.notices, joined=bool(hub))
        self.desk = Desk(
            node=node,
            tasks=self.tasks,
            feed=QtFeed(node.feed),
            commands=Commands(self.notices),
            notices=self.notices,
            shared=Shared(self.window),
            theme=theme,
            settings=settings,
            docks=self.window.docks,
            link=Link(self.window, hub=hub, last_contact=last_contact),
            canvas=MapCanvas(self.window),
            stack=Stack(settings, self.window),
            watch=Watch(self.window),
            drops=Drops(self.window, theme),
        )
        self._dress(preferences or PreferenceFile())

    def _dress(self, preferences: PreferenceFile) -> None:
        desk, window = self.desk, self.window
        desk.commands.set_single_keys(on=preferences.now.single_keys)
        window.docks.register(desk.commands)
        self.header = Header(desk, window)
        window.set_header(self.header)
        self._register_care()
        lock = LockScreen(window, desk)
        idle = IdleWatch(lock.open, window)
        idle.set_on(on=preferences.now.auto_lock)
        lock.opened_again.connect(lambda: idle.set_on(on=preferences.now.auto_lock))
        self.shell = Shell(
            desk=desk, window=window, preferences=preferences, lock=lock.open, idle=idle
        )
        self.shell.register()
        window.bind(desk.commands)

    def _register_care(self) -> None:
        """What one does to the centre and to the profile rather than to the window."""
        desk, window, bandeau = self.desk, self.window, self.header.bandeau
        levels = LevelPanel(window, desk, bandeau.refresh)
        secret = SecretChange(window, desk)
        spoken = RadioPage(window, desk)
        desk.commands.register(
            Command(
                id="radio.message", title=N_("Message dégradé à lire à la radio…"),
                run=spoken.offer, menu="Fichier", icon="radio", category=N_("Centre"),
                enabled=lambda: desk.node.who.may_export,
            ),
            Command(
                id="armement.change", title=N_("Changer le niveau d’armement…"),
                run=lambda: levels.offer(bandeau.present_level), menu="Fichier", icon="flag-3",
                category=N_("Centre"), enabled=lambda: desk.node.who.may_write,
            ),
            Command(
                id="profile.backup", title=N_("Sauvegarder le profil…"),
                run=lambda: back_up(desk, window), menu="Fichier", icon="device-floppy",
                category=N_("Profil"),
            ),
            Command(
                id="profile.secret", title=N_("Changer de mot de passe…"), run=secret.open,
                menu="Fichier", icon="key", category=N_("Profil"),
            ),
        )  # fmt: skip
        if desk.link.joined:
            self._register_link()

    def _register_link(self) -> None:
        """How the desk stands with its hub."""
        self.farewell = Farewell(self.window, self.desk)
        popover = LinkPopover(self.desk, self.header.bandeau.link)
        self.desk.commands.register(
            Command(
                id="link.details", title=N_("État de la liaison"), run=popover.open,
                menu="Fichier", icon="wifi", category=N_("Liaison"),
            ),
            Command(
                id="link.retry", title=N_("Réessayer la liaison maintenant"),
                run=self.desk.link.retry_asked.emit, menu="Fichier", icon="refresh",
                category=N_("Liaison"),
                enabled=lambda: self.desk.link.status.state in {"offline", "refused"},
            ),
        )  # fmt: skip

    def install(self, capabilities: Iterable[Install]) -> None:
        """Let capabilities add their docks and commands."""
        for install in capabilities:
            install(self.desk)
        self.window.bind(self.desk.commands)

    def close(self) -> None:
        """Put everything away: window first, then work in progress, then the store."""
        self.window.close()
        for dock_id in self.window.docks.ids():
            panel: object = self.window.docks.widget(dock_id)
            if isinstance(panel, Shuts):
                panel.shut()
        self.tasks.close()
        self.window.deleteLater()
        self.desk.node.close()
