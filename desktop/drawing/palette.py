"""The palette: calque, tools, look, symbols; everything within reach of the keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from beffroi.errors import BeffroiError
from beffroi.layers.drawing import deeds, symbols
from beffroi.layers.drawing.symbols import SetName
from beffroi.layers.shapes import KIND_WORDS, Kind
from beffroi.text import _
from desktop.api import Desk
from desktop.drawing.calque_bar import CalqueBar
from desktop.drawing.look_bar import LookBar
from desktop.drawing.military_bar import MilitaryBar
from desktop.drawing.studio import Studio
from desktop.drawing.symbol_list import SymbolList
from desktop.kit.flow import FlowLayout

TOOLS: dict[Kind, tuple[str, str]] = {
    "point": ("circle-dot", "P"),
    "line": ("line", "L"),
    "area": ("polygon", "Z"),
    "rectangle": ("square", "R"),
    "circle": ("circle", "C"),
    "sector": ("chart-pie", "S"),
    "arrow": ("arrow-up-right", "F"),
    "text": ("text-size", "T"),
}
"""Each tool: its icon, and the letter after Ctrl+D."""


class Palette(QWidget):
    """Shows and asks; the studio does."""

    def __init__(self, desk: Desk, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._studio = studio
        theme = desk.theme
        may = desk.node.who.may_write
        self.calques = CalqueBar(theme, studio.calques, may, self)
        self.tools = {kind: self._tool(kind, icon, key) for kind, (icon, key) in TOOLS.items()}
        self.undo = self._button(studio.hand.undo)
        self.redo = self._button(studio.hand.redo)
        self.look = LookBar(theme, studio.pen, self)
        self.keep = QCheckBox(_("Garder l’outil en main"), self)
        self.keep.setChecked(studio.pen.keep)
        self.keep.toggled.connect(studio.pen.set_keep)
        self.snap = QCheckBox(_("Accrocher (Ctrl suspend)"), self)
        self.snap.setChecked(True)
        self.snap.toggled.connect(studio.set_snapping)
        self.military = MilitaryBar(self)
        self.symbols = SymbolList(theme, studio.pictures, studio.pen, self)
        self.symbols.chosen.connect(self._take_symbol)
        self._lay_out()
        studio.calques.changed.connect(self._show_set)
        studio.pen.changed.connect(self._show_tool)
        studio.hand.acted.connect(self._show_history)
        theme.changed.connect(self._dress)
        self.setFocusProxy(self.symbols.field)
        self._dress()
        self._show_set()
        self._show_history()

    def _lay_out(self) -> None:
        tools = QWidget(self)
        flow = FlowLayout(tools, gap=0)
        for button in (*self.tools.values(), self.undo, self.redo):
            flow.addWidget(button)
        options = QWidget(self)
        row = FlowLayout(options, gap=12)
        row.addWidget(self.keep)
        row.addWidget(self.snap)
        layout = QVBoxLayout(self)
        margin = self._desk.theme.px(10)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(self._desk.theme.px(7))
        for widget in (self.calques, tools, self.look, options, self.military):
            layout.addWidget(widget)
        layout.addWidget(self.symbols, 1)

    def _button(self, run: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _tool(self, kind: Kind, _icon: str, key: str) -> QToolButton:
        button = QToolButton(self)
        words = f"{_(KIND_WORDS[kind])} (Ctrl+D, {key})"
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setCheckable(True)
        button.setEnabled(self._desk.node.who.may_write)
        button.clicked.connect(partial(self.take, kind))
        return button

    def take(self, kind: Kind, _checked: bool = False) -> None:
        """Take a tool, or put it away when it is in hand."""
        try:
            if self._studio.pen.kind == kind:
                self._studio.put_away()
            else:
                self._studio.take(kind)
        except BeffroiError as error:
            self._desk.notices.warn(str(error))
        self._show_tool()

    def _take_symbol(self, key: str) -> None:
        known = symbols.find(key)
        listed = known is not None and known.key == key and known.set == "app6"
        chosen = self.military.dressed(key) if listed else key  # a code that was typed says it all
        try:
            self._studio.take("symbol", chosen)
        except BeffroiError as error:
            self._desk.notices.warn(str(error))

    def _show_set(self) -> None:
        name: SetName = self._studio.calques.symbol_set
        self.military.setVisible(name == "app6")
        self.symbols.show_set(name)

    def _show_tool(self) -> None:
        for kind, button in self.tools.items():
            button.setChecked(self._studio.pen.kind == kind)

    def _show_history(self) -> None:
        """Each button says what it would take back, or do again."""
        hand = self._studio.hand
        for button, title, words in (
            (self.undo, deeds.undo_title(hand.undo_words), hand.undo_words),
            (self.redo, deeds.redo_title(hand.redo_words), hand.redo_words),
        ):
            button.setToolTip(title)
            button.setAccessibleName(title)
            button.setEnabled(bool(words))

    def _dress(self) -> None:
        theme = self._desk.theme
        for kind, button in self.tools.items():
            button.setIcon(theme.icon(TOOLS[kind][0]))
        self.undo.setIcon(theme.icon("arrow-back-up"))
        self.redo.setIcon(theme.icon("arrow-forward-up"))
        for button in (*self.tools.values(), self.undo, self.redo):
            button.setIconSize(QSize(theme.px(18), theme.px(18)))
