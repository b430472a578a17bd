"""What one does to a layer: look at it alone, zoom, lock, name, group, take away; its menu."""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from beffroi.layers.calques import Calque
from beffroi.layers.catalogue import catalogue
from beffroi.layers.drawing.geometries import box_of, geometries_on
from beffroi.layers.mercator import MercatorBox
from beffroi.logbook.entry import MARKING_WORDS, Marking
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.caveats import caveat_words
from desktop.kit.stack import ENTRIES, LABELS
from desktop.layers.branches import group_names, group_of
from desktop.layers.calques import Calques, Kept
from desktop.layers.foot import ACTS
from desktop.layers.holding import DRAWN
from desktop.layers.panel import LayersPanel
from desktop.layers.serving import Serving

Open = Callable[[str], None]
_MORE = (
    ("rename", "edit", N_("Renommer…")),
    ("remove", "trash", N_("Retirer le calque")),
)


class Acts(QObject):
    """Answers the panel, the commands and the menu of layers."""

    def __init__(self, desk: Desk, calques: Calques, serving: Serving, panel: LayersPanel) -> None:
        super().__init__(panel)
        self._desk = desk
        self._calques = calques
        self._serving = serving
        self._panel = panel
        self._before: dict[str, bool] = {}
        self.run: dict[str, Open] = {
            "zoom": self.zoom, "alone": self.alone, "lock": self.lock, "rename": self.rename,
            "remove": self.remove, "share": self.ask_share,
        }  # fmt: skip
        """What to do for each act; other rooms of the capability add theirs."""
        panel.asked.connect(self.act)
        panel.menu_asked.connect(self.menu)
        panel.regrouped.connect(self.put_into)
        panel.renamed.connect(self._renamed)
        panel.sharing.agreed.connect(self.share)

    def act(self, act: str, uid: str) -> None:
        """Do one of the acts, when it makes sense for this layer."""
        if act in self.run and act in self.acts(uid):
            self.run[act](uid)

    def acts(self, uid: str) -> frozenset[str]:
        """What may be done to a layer now."""
        kept = self._calques.kept.get(uid)
        if kept is None:
            return self._panel.acts(uid)
        if not self.may_change(kept):
            return self._panel.acts(uid) - {"style"}
        may = self._panel.acts(uid) | {"rename", "remove", "group"}
        own = not kept.sheet.shared and kept.calque.kind in DRAWN
        return may | {"share"} if own and self._desk.link.may("edit", "layer") else may

    def may_change(self, kept: Kept) -> bool:
        """Whether the calque may be written on by whoever sits here."""
        own = kept.sheet.author == self._desk.node.who.account
        return not kept.sheet.shared or self._desk.link.may("edit", "layer", own=own)

    # Looking -------------------------------------------------------------------------------------

    def zoom(self, uid: str) -> None:
        """Show the whole of a calque."""
        held, node = self._serving.held(uid), self._desk.node

        def extent() -> MercatorBox | None:
            if held is None:
                return box_of(geometries_on(node.sheets, uid))
            held.load()
            return held.extent()

        self._desk.tasks.run(extent, self._fit)

    def _fit(self, box: MercatorBox | None) -> None:
        if box is None:
            self._desk.notices.info(_("Ce calque n’a rien à montrer pour l’instant."))
        else:
            self._desk.docks.reveal("map")
            self._desk.canvas.tell("fit-mercator", box)

    def alone(self, uid: str) -> None:
        """Hide all but this layer, the basemap and its names; a second time, all as it was."""
        stack = self._desk.stack
        basemap = {spec.id for spec in catalogue() if spec.group == "basemap"} | {LABELS, ENTRIES}
        others = [other for other in stack.order if other not in basemap and other != uid]
        if self._before and not any(stack[other].visible for other in others):
            shown = [other for other in others if self._before.get(other)]
            self._before = {}
            stack.show_all(shown, True)
            return
        self._before = {other: stack[other].visible for other in others}
        stack.show_all(others, False)
        stack.show(uid, True)

    def lock(self, uid: str) -> None:
        """Lock a layer, or unlock it."""
        self._desk.stack.lock(uid, not self._desk.stack[uid].locked)

    # Changing ------------------------------------------------------------------------------------

    def rename(self, uid: str) -> None:
        """Let the name be written anew, in the tree."""
        self._panel.edit(uid)

    def _renamed(self, uid: str, title: str) -> None:
        calque = self._calques[uid].calque
        if title.strip() and title.strip() != calque.title:
            self._put(uid, msgspec.structs.replace(calque, title=title.strip()))
        else:
            self._panel.fill()

    def put_into(self, uid: str, group: str) -> None:
        """Put a calque into another group."""
        kept = self._calques.kept.get(uid)
        if kept and self.may_change(kept) and group_of(kept.calque) != group:
            self._put(uid, msgspec.structs.replace(kept.calque, group=group))

    def _put(self, uid: str, calque: Calque) -> None:
        self._calques.put(uid, calque)

    def remove(self, uid: str) -> None:
        """Take a calque away; the notice offers to bring it back."""
        kept = self._calques[uid]
        self._calques.drop(uid)
        self._desk.notices.info(
            _("Calque retiré\u00a0: {title}. Sa source et ses données restent.").format(
                title=kept.calque.title
            ),
            action=(_("Rétablir"), partial(self._calques.bring_back, kept)),
        )

    def ask_share(self, uid: str) -> None:
        """Ask within what limits a calque is to be shared, and say what that means."""
        calque = self._calques[uid].calque
        said = (
            _("«\u202f{title}\u202f» et sa source seront vus de tous ceux qui ont droit à la mention "
              "choisie\u202f; votre nom y figure. Un partage ne se reprend pas.")
            if calque.source
            else _("«\u202f{title}\u202f» sera vu de tous ceux qui ont droit à la mention "
                   "choisie\u202f; votre nom y figure. Un partage ne se reprend pas.")
        )  # fmt: skip
        self._desk.docks.reveal("layers")
        self._panel.sharing.ask(uid, said.format(title=calque.title))

    def share(self, uid: str, marking: str, caveats: Sequence[str]) -> None:
        """Let all who may see `marking` and `caveats` have the calque, and the source it shows."""
        limits = ", ".join((_(MARKING_WORDS[Marking(marking)]), *caveat_words(caveats)))
        words = _("Calque partagé\u00a0: {title} ({limits}).").format(
            title=self._calques[uid].calque.title, limits=limits
        )
        self._calques.share(uid, marking, caveats, partial(self._desk.notices.done, words))

    # The menu ------------------------------------------------------------------------------------

    def menu(self, uid: str, at: QPoint) -> None:
        """Show what may be done to a layer."""
        menu = self.make_menu(uid, self._panel)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def make_menu(self, uid: str, parent: QWidget) -> QMenu:
        """The menu of a layer."""
        menu, may = QMenu(parent), self.acts(uid)
        for act, icon, words in (*ACTS, *_MORE):
            if act not in may or act == "more":
                continue
            locked = act == "lock" and self._desk.stack[uid].locked
            shown = self._desk.theme.icon("lock-open" if locked else icon)
            said = _("Déverrouiller") if locked else _(words)
            menu.addAction(shown, said, partial(self.act, act, uid))
        if "group" in may:
            self._groups(menu, uid)
        if "share" in may:
            people = self._desk.theme.icon("users")
            menu.addAction(people, _("Partager…"), partial(self.act, "share", uid))
        return menu

    def _groups(self, menu: QMenu, uid: str) -> None:
        groups = menu.addMenu(self._desk.theme.icon("folder"), _("Groupe"))
        here = group_of(self._calques[uid].calque)
        for name in group_names(self._calques.kept.values()):
            action = groups.addAction(name, partial(self.put_into, uid, name))
            action.setCheckable(True)
            action.setChecked(name == here)
        groups.addSeparator()
        groups.addAction(_("Nouveau groupe…"), partial(self.act, "style", uid))
