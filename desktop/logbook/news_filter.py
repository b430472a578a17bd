"""Joins what is new to the list: the strip shows it alone, reading ends it, one press ends it all."""

from PySide6.QtCore import QObject

from beffroi.logbook.entry import Entry
from desktop.logbook.news import News
from desktop.logbook.news_strip import NewsStrip
from desktop.logbook.read_marks import ReadMarks
from desktop.logbook.search_bar import SearchBar


class NewsFilter(QObject):
    """Keeps the news, the strip, the search and the read marks in step."""

    def __init__(
        self, news: News, strip: NewsStrip, search: SearchBar, marks: ReadMarks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._news, self._strip, self._search, self._marks = news, strip, search, marks
        news.unread.connect(marks.unread_again)
        news.changed.connect(self._grow)
        marks.read.connect(news.drop)
        marks.all_read.connect(self._all_read)
        strip.only_asked.connect(self._show)
        strip.read_asked.connect(self._read_all)

    def admits(self, entry: Entry) -> bool:
        """Whether an entry may show: any one, or only what is new."""
        only = self._search.only
        return only is None or entry.rid in only or entry.rid in self._news

    def clear(self) -> None:
        """Show everything again."""
        self._strip.only.setChecked(False)

    def _show(self, alone: bool) -> None:
        self._search.show_only(frozenset(self._news.rids) if alone else None)

    def _grow(self) -> None:
        """More news came while only news are shown; what was read stays in sight."""
        only = self._search.only
        if only is not None and not self._news.rids <= only:
            self._search.show_only(only | self._news.rids)

    def _read_all(self) -> None:
        rids = tuple(self._news.rids)
        self.clear()
        self._marks.mark_these(rids)

    def _all_read(self) -> None:
        self.clear()
        self._news.drop(tuple(self._news.rids))
