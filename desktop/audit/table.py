"""The table of traces: rows of one height, columns that the officer may widen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from beffroi.text import _
from desktop.audit.model import TraceModel
from desktop.kit.theme import Theme

_WIDTHS = (158, 104, 130, 104, 176, 136)
"""Widths of the columns but the last, which takes the rest, at 100 %."""


class TraceTable(QTableView):
    """Shows a `TraceModel`; one row is chosen at a time."""

    def __init__(self, theme: Theme, model: TraceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setAccessibleName(_("Traces"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.px(width))

    def draw(self) -> None:
        """The text size changed: rows follow."""
        row = self.fontMetrics().height() + self._theme.px(8)
        self.verticalHeader().setDefaultSectionSize(row)
