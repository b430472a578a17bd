"""The bandeau: what mode, what marking, what level of armement, what time, linked or not, who.

It is one line under the window's title when there is room, and it says everything in words.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from beffroi.text import _, ngettext, number
from desktop.api import Desk
from desktop.kit.watch import Tally
from desktop.shell.cells import Cell, Plate
from desktop.shell.clocks import Clocks
from desktop.shell.modes import LEVEL_SETTING, LEVEL_WORDS, MARKING_WORDS, MODE_WORDS
from desktop.sync.words import link_words

_OUTBOX_EVERY_MS = 15_000
DEFAULT_LEVEL = 1
"""Veille: what a centre is in when nobody has decided otherwise."""


class Bandeau(QWidget):
    """The state of the room, always in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bandeau")
        self._desk = desk
        theme, info = desk.theme, desk.node.info
        self.mode = Plate(theme, self)
        self.marking = Plate(theme, self)
        self.settle = Plate(theme, self)
        self.settle.hide()
        self.sources = Plate(theme, self)
        self.sources.hide()
        self.level = Plate(theme, self)
        self.clocks = Clocks(desk.node.clock, info.zone, theme, self)
        self.link = Cell(_("Liaison"), theme, self)
        self.who = Cell(_("Poste"), theme, self)
        for plate in (self.mode, self.marking):
            plate.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 8, 0)
        layout.setSpacing(8)
        for widget in (self.mode, self.level, self.marking, self.settle, self.sources):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.clocks)
        layout.addWidget(self.link)
        layout.addWidget(self.who)
        self._say_mode()
        self._say_marking()
        self.present_level = DEFAULT_LEVEL
        self._warned_of_room = False
        self._show_level(None)
        self._waiting = 0
        self.say_link()
        self.say_who()
        self.who.clicked.connect(self._offer_posts)
        self.level.clicked.connect(lambda: desk.commands.run("armement.change"))
        if desk.link.joined:
            self.link.clicked.connect(lambda: desk.commands.run("link.details"))
        desk.link.status_changed.connect(lambda _status: self.say_link())
        desk.link.rights_changed.connect(lambda _rights: self.say_who())
        desk.link.to_settle_changed.connect(self._say_settle)
        self.settle.clicked.connect(lambda: desk.docks.show("settle"))
        desk.watch.changed.connect(self._say_sources)
        self.sources.clicked.connect(lambda: desk.commands.run("sources.troubled"))
        desk.theme.changed.connect(self.say_link)
        self._ask = QTimer(self, interval=_OUTBOX_EVERY_MS)
        self._ask.timeout.connect(self.refresh)
        self._ask.start()
        self.refresh()

    # What is shown

    def _say_mode(self) -> None:
        mode = self._desk.node.info.mode
        if mode == "real":
            self.mode.say(_(MODE_WORDS[mode]), "panel", "ok", outlined=True)
            self.mode.setToolTip(_("Conduite réelle : tout ce qui est écrit fait foi."))
        else:
            self.mode.say(_(MODE_WORDS[mode]), "exercise", "exercise_text")
            self.mode.setToolTip(_("Rien ici n’a de valeur opérationnelle."))

    def _say_marking(self) -> None:
        word = _(MARKING_WORDS[self._desk.node.info.marking])
        self.marking.say(word, "panel", "danger", outlined=True)
        self.marking.setToolTip(_("Mention de protection de ce profil"))

    def _show_level(self, level: int | None) -> None:
        known = isinstance(level, int) and 0 <= level < len(LEVEL_WORDS)
        number = level if known and level is not None else DEFAULT_LEVEL
        self.present_level = number
        self.level.say(_(LEVEL_WORDS[number]), f"level{number}", f"level{number}_text")
        self.level.setToolTip(_("Niveau d’armement du centre : cliquez pour le changer"))
        self.level.setAccessibleDescription(self.level.toolTip())

    def say_link(self) -> None:
        """Show how the desk stands with its hub, or that it has none."""
        if self._desk.link.joined:
            self._say_hub()
        else:
            self._say_alone()

    def _say_hub(self) -> None:
        node = self._desk.node
        zone, now = ZoneInfo(node.info.zone), node.clock.now()
        said = link_words(self._desk.link.status, zone, now)
        self.link.draw(said.icon, said.ink)
        self.link.say(said.value, said.whole, name=said.above)
        self.link.setAccessibleName(_("Liaison\u00a0: {state}").format(state=said.whole))

    def _say_settle(self, count: int) -> None:
        self.settle.setVisible(count > 0)
        said = _("{n} à départager").format(n=count)
        self.settle.say(said, "warning_soft", "warning", outlined=True)
        self.settle.setToolTip(
            _("Des contradictions ou des refus attendent un choix\u00a0: cliquez")
        )

    def _say_alone(self) -> None:
        count = ngettext(
            "{n} opération attend dans la boîte d’envoi",
            "{n} opérations attendent dans la boîte d’envoi",
            self._waiting,
        ).format(n=number(self._waiting))
        tip = _("Ce poste travaille seul, sans serveur. {count} : rien n’est perdu.").format(
            count=count
        )
        self.link.say(_("Poste autonome"), tip)

    def _say_sources(self, tally: Tally) -> None:
        """Sources that are down, else those that are late; nothing while all is well."""
        count = tally.down or tally.late
        self.sources.setVisible(bool(count))
        if tally.down:
            said = ngettext("{n} source en panne", "{n} sources en panne", count)
            self.sources.say(said.format(n=count), "danger_soft", "danger", outlined=True)
        else:
            said = ngettext("{n} source en retard", "{n} sources en retard", count)
            self.sources.say(said.format(n=count), "warning_soft", "warning", outlined=True)
        self.sources.setToolTip(
            _("Leurs dernières données restent affichées, datées : cliquez pour savoir pourquoi")
        )

    def say_who(self) -> None:
        """Show who holds which post."""
        who = self._desk.node.who
        tip = _("{person} tient le poste {post} sur {station}").format(
            person=who.person, post=who.post, station=who.station
        )
        name = who.person if who.may_write else _("{person} (lecture)").format(person=who.person)
        self.who.say(who.post or who.account, tip, name=name)

    # Where it comes from

    def refresh(self) -> None:
        """Ask the store again, in the background."""
        self._desk.tasks.run(self._read, self._show)

    def _read(self) -> tuple[int | None, int]:
        node = self._desk.node
        return node.settings.get(LEVEL_SETTING), node.journal.waiting()

    def _show(self, state: tuple[int | None, int]) -> None:
        self._show_level(state[0])
        self._waiting = state[1]
        self.say_link()
        if self._desk.node.store.short_of_room and not self._warned_of_room:
            self._warned_of_room = True
            self._desk.notices.warn(
                _("Le disque est presque plein\u00a0: faites de la place avant d’y être forcé.")
            )

    # What can be done

    def _offer_posts(self) -> None:
        node = self._desk.node
        self._desk.tasks.run(
            lambda: next((a.posts for a in node.accounts.all() if a.name == node.who.account), ()),
            self._open_posts,
        )

    def _open_posts(self, posts: tuple[str, ...]) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(_("Changer de poste"))
        menu.addAction(_("Tenir le poste")).setEnabled(False)
        for post in posts:
            action = QAction(post, menu)
            action.setCheckable(True)
            action.setChecked(post == self._desk.node.who.post)
            action.triggered.connect(self._taker(post))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.who.mapToGlobal(self.who.rect().bottomLeft()))

    def _taker(self, post: str) -> Callable[[], None]:
        def take() -> None:
            self._desk.tasks.run(
                lambda: self._desk.node.take_post(post), self._taken, touches_store=True
            )

        return take

    def _taken(self, _nothing: None) -> None:
        self.say_who()
        self._desk.link.doing_told.emit(*self._desk.link.doing)
        self._desk.notices.done(
            _("Vous tenez le poste {post}.").format(post=self._desk.node.who.post)
        )
