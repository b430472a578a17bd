"""The calques one draws on: which there are, which one is in use, new ones, sharing on purpose."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from beffroi.errors import BeffroiError
from beffroi.layers.calques import Calque, calque_of, fields_of
from beffroi.layers.drawing.symbols import SETS, SetName
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.rereading import Rereading

KIND = "layer"
_CURRENT = "drawing/layer"


class Calques(QObject):
    """Drawing calques, the oldest first, and the one that receives what is drawn."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[str, tuple[Sheet, Calque]] = {}
        self._current = str(desk.settings.value(_CURRENT, ""))
        self._sheets = Rereading(desk.tasks, partial(desk.node.sheets.all, KIND), self._load, self)
        desk.feed.on(SheetChanged, self._heard)
        self._sheets.ask()

    @property
    def all(self) -> dict[str, Calque]:
        """Every drawing calque, by uid."""
        return {uid: calque for uid, (_sheet, calque) in self._known.items()}

    @property
    def current(self) -> str:
        """The uid of the one in use, empty when there is none yet."""
        if self._current in self._known:
            return self._current
        return next(iter(self._known), "")

    @property
    def symbol_set(self) -> SetName:
        """The one set of symbols of the calque in use."""
        if not self.current:
            return "civil"
        said = self._known[self.current][1].symbol_set
        return next((name for name in SETS if name == said), "civil")

    def sheet(self, uid: str) -> Sheet:
        """Whose a calque is, and who sees it."""
        return self._known[uid][0]

    def may_draw(self, uid: str) -> bool:
        """Whether this person may draw on a calque: a courtesy, the hub decides."""
        sheet, desk = self.sheet(uid), self._desk
        own = sheet.author == desk.node.who.account
        return not sheet.shared or desk.link.may("edit", "layer", own=own)

    def use(self, uid: str) -> None:
        """Draw on this calque from now on; it is shown when it was hidden."""
        self._current = uid
        self._desk.settings.setValue(_CURRENT, uid)
        if uid in self._desk.stack and not self._desk.stack[uid].visible:
            self._desk.stack.show(uid, True)
        self.changed.emit()

    def make(
        self, title: str, symbol_set: SetName, done: Callable[[str], None] | None = None
    ) -> None:
        """Make a calque of one's own, and draw on it."""
        fields = fields_of(Calque(title=title, kind="drawing", symbol_set=symbol_set))

        def made(sheet: Sheet) -> None:
            self._take(sheet)
            self.use(sheet.uid)
            if done:
                done(sheet.uid)

        node = self._desk.node
        work = partial(node.sheets.put, KIND, fields, node.who)
        self._desk.tasks.run(work, made, touches_store=True)

    def rename(self, uid: str, title: str) -> None:
        """Give a calque another title."""
        node = self._desk.node
        work = partial(node.sheets.put, KIND, {"title": title}, node.who, uid=uid)
        self._desk.tasks.run(work, lambda _sheet: None, touches_store=True)

    def share(self, uid: str, shapes: Sequence[str], marking: str, caveats: Sequence[str]) -> None:
        """Give a calque and all that is drawn on it to those who may see this marking."""
        node, title = self._desk.node, self._known[uid][1].title

        def work() -> None:
            for one in (uid, *shapes):
                node.sheets.share(one, node.who, marking=marking, caveats=caveats)

        def shared(_none: None) -> None:
            self._desk.notices.done(_("Calque partagé\u00a0: {title}").format(title=title))

        self._desk.tasks.run(work, shared, touches_store=True)

    def _heard(self, change: SheetChanged) -> None:
        if change.kind == KIND:
            self._sheets.ask()

    def _load(self, sheets: list[Sheet]) -> None:
        self._known.clear()
        for sheet in sheets:
            self._take(sheet)
        self.changed.emit()

    def _take(self, sheet: Sheet) -> None:
        try:
            calque = calque_of(sheet.fields)
        except BeffroiError:
            return
        if calque.kind == "drawing":
            self._desk.stack.know([(sheet.uid, True)])
            self._known[sheet.uid] = (sheet, calque)
