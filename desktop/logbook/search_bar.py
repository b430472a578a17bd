"""Above the list: the search line, its filters as chips, the order, and how many entries remain."""

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from beffroi.logbook.query import Query, chips, text_of
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.logbook import tag_look, wording
from desktop.logbook.finder import Asked, Found
from desktop.logbook.search_field import SearchField
from desktop.logbook.writing.chips import Chip


class SearchBar(QWidget):
    """Says what is asked (`asked`), shows what was understood."""

    asked = Signal(object)
    """An `Asked`: search again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._query = Query()
        self.field = SearchField(desk.node, desk.tasks, desk.theme, self)
        self.filters = self._button("filter", _("Filtres"))
        self.in_view = self._button("map-2", _("Dans la vue carte"))
        self.in_view.setCheckable(True)
        self.order = self._button("arrows-sort", "")
        self.order.setCheckable(True)
        self.views = self._button("bookmarks", _("Vues enregistrées"))
        self.count = QLabel(self)
        self.count.setObjectName("shownCount")
        self.count.setProperty("ink", "muted")
        self.count.setProperty("role", "small")
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setProperty("ink", "warning")
        self.problem.setProperty("role", "small")
        self.problem.hide()
        self.chips = FlowBox(self, gap=desk.theme.px(4))
        self.only: frozenset[int] | None = None
        self._lay_out()
        self._say_order()
        self.field.asked.connect(lambda _text: self._changed())
        self.order.toggled.connect(lambda _on: self._reordered())
        self.in_view.toggled.connect(lambda _on: self._changed())
        desk.shared.extent_changed.connect(self._map_moved)
        desk.theme.changed.connect(self._recolour)

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(icon)
        button.setIcon(self._desk.theme.icon(icon))
        button.setIconSize(QSize(self._desk.theme.px(18), self._desk.theme.px(18)))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        line = QHBoxLayout()
        line.setSpacing(px(2))
        line.addWidget(self.field, 1)
        for button in (self.filters, self.in_view, self.order, self.views):
            line.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(8), px(7), px(8), px(6))
        whole.setSpacing(px(5))
        whole.addLayout(line)
        whole.addWidget(self.problem)
        whole.addLayout(below)

    # --- what is asked

    @property
    def question(self) -> Asked:
        """What the list is to show now."""
        box = self._desk.shared.extent if self.in_view.isChecked() else None
        return Asked(
            text=self.field.text(), box=box, by_event=self.order.isChecked(), only=self.only
        )

    def show_only(self, only: frozenset[int] | None) -> None:
        """Search among these entries (row ids) alone, or among all again."""
        if only != self.only:
            self.only = only
            self._changed()

    def ask_for(self, query: Query) -> None:
        """Show another search, as a filter or a chip makes it."""
        self.field.setText(text_of(query))

    def set_text(self, text: str) -> None:
        """Show another search, as it was typed."""
        self.field.setText(text)

    @property
    def query(self) -> Query:
        """The search as it was last understood, without the map's view."""
        return self._query

    def _changed(self) -> None:
        self.asked.emit(self.question)

    def _reordered(self) -> None:
        self._say_order()
        self._changed()

    def _map_moved(self, _box: object) -> None:
        if self.in_view.isChecked():
            self._changed()

    def _say_order(self) -> None:
        by_event = self.order.isChecked()
        words = _("Triées par heure des faits") if by_event else _("Triées par heure de saisie")
        other = _("heure de saisie") if by_event else _("heure des faits")
        self.order.setToolTip(_("{now} — cliquer pour l’{other}").format(now=words, other=other))
        self.order.setAccessibleName(words)

    # --- what was found

    def show_found(self, found: Found) -> None:
        """Tell how many entries remain, and by which filters."""
        box = None if self.in_view.isChecked() else found.query.box
        self._query = msgspec.structs.replace(found.query, box=box)
        self._say_count(found)
        self.problem.setText("\n".join(found.query.problems))
        self.problem.setVisible(bool(found.query.problems))
        self._show_chips()

    def show_count(self, shown: int, total: int) -> None:
        """Tell again how many entries are shown."""
        self.count.setText(wording.shown_count(shown, total))

    def _say_count(self, found: Found) -> None:
        self.show_count(len(found.timeline.rids), found.total)

    def _show_chips(self) -> None:
        self.chips.clear()
        for at, chip in enumerate(chips(self._query)):
            words, colour = _named(chip.label)
            shown = Chip(self._desk.theme, str(at), words, colour=colour)
            shown.removed.connect(lambda _key, rest=chip.remove: self.ask_for(rest))
            self.chips.flow.addWidget(shown)
            shown.show()
        if self.in_view.isChecked():
            shown = Chip(self._desk.theme, "view", _("Dans la vue carte"), icon="map-2")
            shown.removed.connect(lambda _key: self.in_view.setChecked(False))
            self.chips.flow.addWidget(shown)
            shown.show()
        self.chips.updateGeometry()

    def _recolour(self) -> None:
        for button in (self.filters, self.in_view, self.order, self.views):
            button.setIcon(self._desk.theme.icon(button.objectName()))
        self._show_chips()


def _named(label: str) -> tuple[str, str]:
    """A tag's chip says its word, in its colour; the others are as they are."""
    head, colon, code = label.partition("\u00a0: ")
    if not colon or not code.replace(".", "").isalnum() or not code.isupper():
        return label, ""
    seen = tag_look.look(code)
    return (f"{head}\u00a0: {seen.word}" if "auf" in head else seen.word), seen.colour
