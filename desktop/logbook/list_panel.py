"""The main courante dock: quick capture, search, and the list."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from beffroi.logbook.changes import ManyEntriesAdded
from beffroi.logbook.entry import Entry
from beffroi.logbook.query import EVERYTHING, Query
from beffroi.text import _, number
from desktop.api import Desk
from desktop.kit.shared import Shown
from desktop.logbook import highlight
from desktop.logbook.beside import Beside
from desktop.logbook.finder import Asked, Finder, Found
from desktop.logbook.list_empty import ListEmpty
from desktop.logbook.list_menu import offer_acts
from desktop.logbook.list_view import EntryListView
from desktop.logbook.live import LiveList
from desktop.logbook.looks import Looks
from desktop.logbook.model import EntryListModel
from desktop.logbook.news import News
from desktop.logbook.news_filter import NewsFilter
from desktop.logbook.news_strip import NewsStrip
from desktop.logbook.pages import EntryPages, Page
from desktop.logbook.pressing import Pressing
from desktop.logbook.read_marks import ReadMarks
from desktop.logbook.search_bar import SearchBar
from desktop.logbook.table_rows import TableHeader

_RELATIVE_MS = 60_000


class ListPanel(QWidget):
    """Reads, searches and selects; everything it shows is also told to the other docks."""

    def __init__(self, desk: Desk, capture: QWidget | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("logbookPanel")
        self.pages = EntryPages(self._read, desk.tasks, self)
        self.news = News(desk, self)
        self.beside = Beside(desk, self.news, self)
        self.model = EntryListModel(
            self.pages, self.beside, desk.node.clock, ZoneInfo(desk.node.info.zone), self
        )
        self.looks = Looks(desk, self.beside, self)
        self.view = EntryListView(self.model, self.looks.rows, desk.theme, self)
        self.view.setAccessibleName(_("Main courante"))
        self.header = TableHeader(desk.theme, self)
        self.search = SearchBar(desk)
        self.empty = ListEmpty(desk)
        self.stack = QStackedWidget(self)
        self.finder = Finder(desk.node, desk.tasks, self)
        self.found: Found | None = None
        self.total = 0
        self._painted = False
        self.marks = ReadMarks(desk, self.model, self)
        self.strip = NewsStrip(desk.theme, self.news, self)
        self.only_news = NewsFilter(self.news, self.strip, self.search, self.marks, self)
        self.live = LiveList(desk, self.model, self._query, self.only_news.admits, self)
        self.pressing = Pressing(desk, self)
        self._lay_out(capture)
        self._connect()
        self._again = QTimer(self)
        self._again.setInterval(_RELATIVE_MS)
        self._again.timeout.connect(self._time_passes)
        self._again.start()
        self.set_look(self.looks.now)
        self.finder.ask(self.search.question, now=True)

    def _lay_out(self, capture: QWidget | None) -> None:
        listing = QWidget(self)
        inside = QVBoxLayout(listing)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.header)
        inside.addWidget(self.view, 1)
        self.stack.addWidget(listing)
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if capture is not None:
            whole.addWidget(capture)
        whole.addWidget(self.search)
        whole.addWidget(self.strip)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.view)
        self.setMinimumWidth(self.desk.theme.px(320))

    def _connect(self) -> None:
        self.search.asked.connect(self._ask)
        self.pages.arrived.connect(self._first_page)
        self.pages.delivered.connect(self.beside.keep)
        self.beside.changed.connect(self.view.viewport().update)
        self.search.field.left_down.connect(self.into_list)
        self.finder.began.connect(self.live.search_begins)
        self.finder.found.connect(self._show)
        self.finder.failed.connect(self._search_failed)
        self.view.chosen_changed.connect(self._chosen)
        self.view.opened.connect(self._open)
        self.live.applied.connect(self._counted)
        self.marks.counted.connect(self._tell_unread)
        self.pressing.changed.connect(self._press)
        self.empty.asked.connect(self._remedy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._offer_acts)
        self.desk.shared.selection_changed.connect(self._selected_elsewhere)
        self.desk.shared.search_asked.connect(self._search_asked)
        self.desk.feed.on(ManyEntriesAdded, self._many_came)
        self.desk.theme.changed.connect(self._redress)

    # --- searching

    def _ask(self, asked: Asked) -> None:
        self.finder.ask(asked)

    def _query(self) -> Query:
        return self.found.query if self.found is not None else EVERYTHING

    def _show(self, found: Found) -> None:
        self.found = found
        self.total = found.total
        self.looks.lighting.words = highlight.words_of(found.query)
        self.model.show(found.timeline, by_event=found.query.order == "event")
        self.search.show_found(found)
        self._settle()
        rids = found.timeline.rids if found.filtered else None
        self.desk.shared.set_shown(Shown(query=found.query, rids=rids))
        if self.live.search_ends():
            self.desk.tasks.run(self.desk.node.logbook.total, self._recount)
        self.marks.count()
        self._note_search(found.asked.text)

    def _settle(self) -> None:
        some = self.model.timeline.rows > 0
        self.stack.setCurrentIndex(0 if some else 1)
        if not some:
            filtered = self.found is not None and self.found.filtered
            self.empty.nothing_found() if filtered else self.empty.nothing_yet()
            self._first_page()

    def _note_search(self, text: str) -> None:
        node = self.desk.node
        if text.strip():
            self.desk.tasks.run(
                lambda: node.audit.note(node.who, "search", text), _nothing, touches_store=True
            )

    def _search_asked(self, text: str) -> None:
        self.desk.docks.show("logbook")
        self.only_news.clear()
        self.search.in_view.setChecked(False)
        self.search.set_text(text)

    def _many_came(self, _change: ManyEntriesAdded) -> None:
        self.finder.ask(self.search.question, now=True)

    def _search_failed(self, error: BaseException) -> None:
        self.desk.notices.failure(error)
        self.empty.not_searched()
        self.stack.setCurrentIndex(1)

    def _remedy(self) -> None:
        self.only_news.clear()
        self.search.in_view.setChecked(False)
        self.search.set_text("")
        self.finder.ask(self.search.question, now=True)

    def _time_passes(self) -> None:
        if self.found is not None and self.found.query.since_said:
            self.finder.ask(self.search.question)

    def _recount(self, total: int) -> None:
        self.total = total
        self.search.show_count(len(self.model.timeline.rids), total)

    def _tell_unread(self, count: int) -> None:
        title = _("Main courante")
        if count:
            title += f" ({number(count)})"
        self.desk.docks.set_title("logbook", title)

    def _counted(self, written: int) -> None:
        self.marks.count()
        self.total += written
        self.search.show_count(len(self.model.timeline.rids), self.total)
        self._settle()
        if self.found is not None and self.found.filtered:
            shown = Shown(query=self.found.query, rids=self.model.timeline.rids)
            self.desk.shared.set_shown(shown)

    # --- reading

    def _read(self, rids: list[int]) -> Page:
        node = self.desk.node
        entries = node.logbook.entries(rids)
        return Page(
            entries,
            frozenset(node.personal.unread(rids)),
            self.beside.read([entry.uid for entry in entries]),
        )

    def _press(self) -> None:
        self.looks.press(self.pressing.late)
        self.view.viewport().update()

    def _first_page(self, _rids: object = None) -> None:
        if not self._painted:
            self._painted = True
            self.desk.shared.painted.emit("logbook")

    # --- choosing

    def chosen_entries(self) -> list[Entry]:
        """The selected entries that are at hand, the current one first."""
        found = (self.pages.get(rid) for rid in self.view.chosen_rids())
        return [entry for entry in found if entry is not None]

    def _chosen(self) -> None:
        rids = self.view.chosen_rids()
        self.marks.look_at(rids[:1])
        known = [self.pages.get(rid) for rid in rids]
        if all(known):
            self._tell([entry for entry in known if entry is not None])
        else:
            self.desk.tasks.run(
                lambda: self.desk.node.logbook.entries(rids), partial(self._tell_if_still, rids)
            )

    def _tell_if_still(self, rids: list[int], entries: Sequence[Entry]) -> None:
        if rids == self.view.chosen_rids():
            self._tell(entries)

    def _tell(self, entries: Sequence[Entry]) -> None:
        self.desk.shared.select([entry.uid for entry in entries], by=self)

    def _open(self, rid: int) -> None:
        entry = self.pages.get(rid)
        if entry is not None:
            self.desk.shared.open(entry.uid)

    def _selected_elsewhere(self, uids: tuple[str, ...], by: object) -> None:
        if by is self or not uids:
            return
        self.desk.tasks.run(
            lambda: [self.desk.node.logbook.entry(uid).rid for uid in uids[:100]],
            self._choose,
        )

    def _choose(self, rids: list[int]) -> None:
        blocked = self.view.blockSignals(True)
        self.view.choose(rids)
        self.view.blockSignals(blocked)

    def reveal(self, entry: Entry) -> None:
        """Select an entry; one that the search leaves out is only opened."""
        if not self.view.choose([entry.rid]):
            self.desk.shared.open(entry.uid)

    def _offer_acts(self, at: QPoint) -> None:
        offer_acts(self.desk, self.view, at)

    # --- looks

    def into_search(self) -> None:
        """Give the keyboard to the search line."""
        self.search.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.field.selectAll()

    def into_list(self) -> None:
        """Give the keyboard to the list, on an entry."""
        if not self.view.chosen_rids() and self.model.timeline.rows > 1:
            top = max(0, self.view.top_row())
            row = top if self.model.timeline.position(top) is not None else top + 1
            self.view.setCurrentIndex(self.model.index(row, 0))
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def look(self) -> str:
        """`card` or `table`."""
        return self.looks.now

    def set_look(self, look: str) -> None:
        """Show entries as cards or as table rows, and remember it."""
        self.looks.choose(look)
        self.header.setVisible(self.looks.now == "table")
        self.view.use(self.looks.rows)

    def _redress(self) -> None:
        self.view.use(self.view.rows_look)


def _nothing(_answer: object) -> None:
    """Nothing to show."""
