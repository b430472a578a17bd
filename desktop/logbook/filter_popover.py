"""Filters for people who do not know the search language: ticks that write the search for them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout
from typing_extensions import override

from beffroi.logbook.entry import (
    GRAVITY_WORDS,
    NATURE_WORDS,
    QUALIFICATION_WORDS,
)
from beffroi.logbook.query import Query
from beffroi.logbook.search.suggest import Suggestion as Proposal
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import words
from desktop.logbook.filter_tags import TagTree
from desktop.logbook.search_bar import SearchBar
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.typeahead import Answer, Lookup, Suggestion, TypeAheadLine

T = TypeVar("T")
PERIODS = (
    ("", N_("Toujours")),
    ("1h", N_("1 h")),
    ("2h", N_("2 h")),
    ("6h", N_("6 h")),
    ("24h", N_("24 h")),
    ("hier", N_("Hier")),
    ("3j", N_("3 j")),
)


class FilterPopover(QFrame):
    """Opens under its button; each tick searches at once."""

    def __init__(self, desk: Desk, bar: SearchBar, lookups: Lookups) -> None:
        super().__init__(bar, Qt.WindowType.Popup)
        self._desk = desk
        self._bar = bar
        self._lookups = lookups
        self._query = Query()
        self._refresh: list[Callable[[Query], None]] = []
        self.setProperty("surface", "card")
        self.setAccessibleName(_("Filtres"))
        bar.filters.clicked.connect(self.open)

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setFixedWidth(px(400))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(px(12), px(10), px(12), px(10))
        self._whole.setSpacing(px(5))
        self._gravity()
        self._period()
        self._some_of(_("Nature"), "natures", NATURE_WORDS)
        self._some_of(_("Statut"), "qualifications", QUALIFICATION_WORDS)
        self._flags()
        self.tags = TagTree(self._desk.theme)
        self.tags.changed.connect(self._tagged)
        self._refresh.append(self._show_tags)
        self._whole.addWidget(words(_("Étiquettes"), role="section"))
        self._whole.addWidget(self.tags)
        self._names(self._lookups)
        self._end()

    def open(self) -> None:
        """Show under the button, ticked as the search now is."""
        if not self._refresh:
            self._build()
        self._query = self._bar.query
        self._show(self._query)
        button = self._bar.filters
        screen = button.screen().availableGeometry()
        self.setFixedHeight(min(self._whole.heightForWidth(self.width()), screen.height() - 8))
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 2))
        corner.setX(max(screen.left() + 4, corner.x()))
        corner.setY(max(screen.top(), min(corner.y(), screen.bottom() - self.height())))
        self.move(corner)
        self.show()

    def _set(self, **changes: Any) -> None:
        self._query = msgspec.structs.replace(self._query, **changes)
        self._bar.ask_for(self._query)

    def _tagged(self, codes: list[str]) -> None:
        self._set(tags=("|".join(codes),) if codes else ())

    def _show_tags(self, query: Query) -> None:
        self.tags.show_codes(code for said in query.tags for code in said.split("|"))

    # --- parts

    def _toggle(self, title: str) -> QPushButton:
        button = QPushButton(title)
        button.setCheckable(True)
        button.setProperty("kind", "quiet")
        return button

    def _row(self, title: str, buttons: Iterable[QPushButton]) -> None:
        self._whole.addWidget(words(title, role="section"))
        flow = FlowBox(gap=self._desk.theme.px(2))
        for button in buttons:
            flow.flow.addWidget(button)
        self._whole.addWidget(flow)

    def _one_of(
        self,
        title: str,
        choices: Iterable[tuple[T, str]],
        read: Callable[[Query], T],
        write: Callable[[T], None],
    ) -> None:
        """A row in which one button is down."""
        buttons = {value: self._toggle(word) for value, word in choices}

        def mark(query: Query) -> None:
            for value, button in buttons.items():
                button.setChecked(value == read(query))

        def choose(value: T, _on: bool = False) -> None:
            write(value)
            mark(self._query)

        for value, button in buttons.items():
            button.clicked.connect(partial(choose, value))
        self._row(title, buttons.values())
        self._refresh.append(mark)

    def _gravity(self) -> None:
        choices = [(0, _("Toutes"))]
        choices += [(level, f"≥ {level} {_(GRAVITY_WORDS[level])}") for level in range(1, 5)]

        def write(level: int) -> None:
            self._set(min_gravity=level, max_gravity=4)

        self._one_of(_("Gravité"), choices, _lowest_gravity, write)

    def _period(self) -> None:
        def write(said: str) -> None:
            since = self._desk.node.clock.now() if said else None
            self._set(since=since, since_said=said, until=None, until_said="")

        choices = [(said, _(word)) for said, word in PERIODS]
        self._one_of(_("Depuis"), choices, _period_said, write)

    def _some_of(self, title: str, field: str, choices: Mapping[Any, str]) -> None:
        """A row in which any number of buttons may be down."""
        buttons = {value: self._toggle(_(word)) for value, word in choices.items()}

        def change(_on: bool) -> None:
            self._set(**{field: tuple(v for v, b in buttons.items() if b.isChecked())})

        def mark(query: Query) -> None:
            for value, button in buttons.items():
                button.setChecked(value in getattr(query, field))

        for button in buttons.values():
            button.clicked.connect(change)
        self._row(title, buttons.values())
        self._refresh.append(mark)

    def _flags(self) -> None:
        view = self._toggle(_("Dans la vue carte"))
        view.clicked.connect(self._bar.in_view.setChecked)

        def mark(_query: Query) -> None:
            view.setChecked(self._bar.in_view.isChecked())

        self._refresh.append(mark)
        flags = [
            self._flag(_("Non lues"), "unread_only", yes=True, no=False),
            self._flag(_("★ Faits marquants"), "key_only", yes=True, no=False),
            self._flag(_("Avec pièce jointe"), "with_attachment", yes=True, no=None),
            self._flag(_("Sans lieu"), "located", yes=False, no=None),
            self._flag(_("Suites ouvertes"), "followup", yes="open", no=""),
            self._flag(_("Suites en retard"), "followup", yes="late", no=""),
        ]
        self._row(_("Seulement"), [*flags, view])

    def _flag(self, title: str, field: str, *, yes: Any, no: Any) -> QPushButton:
        button = self._toggle(title)

        def change(on: bool) -> None:
            self._set(**{field: yes if on else no})
            self._show(self._query)

        def mark(query: Query) -> None:
            button.setChecked(getattr(query, field) == yes)

        button.clicked.connect(change)
        self._refresh.append(mark)
        return button

    def _show(self, query: Query) -> None:
        for refresh in self._refresh:
            refresh(query)

    def _names(self, lookups: Lookups) -> None:
        line = QHBoxLayout()
        for hint, field, look in (
            (_("Auteur"), "authors", self._authors),
            (_("Poste"), "posts", lookups.posts),
            (_("Organisation"), "organisations", lookups.organisations),
        ):
            line.addWidget(self._name(hint, field, look))
        self._whole.addLayout(line)

    def _authors(self, said: str, answer: Answer) -> None:
        search = self._desk.node.search

        def found(values: list[Proposal]) -> None:
            names = [(v.text.partition(":")[2].strip('"'), v.detail) for v in values]
            answer([Suggestion(text=name, detail=detail) for name, detail in names])

        self._desk.tasks.run(lambda: search.suggest(f"auteur:{said}"), found)

    def _name(self, hint: str, field: str, look: Lookup) -> TypeAheadLine:
        edit = TypeAheadLine(self._desk.theme, look, self, on_focus=True, free=True)
        edit.setPlaceholderText(hint)
        edit.setAccessibleName(hint)

        def take(said: str) -> None:
            edit.setText(said)
            self._set(**{field: (said,) if said.strip() else ()})

        edit.picked.connect(lambda said: take(said.text))
        edit.entered.connect(take)

        def mark(query: Query) -> None:
            edit.setText(", ".join(getattr(query, field)))

        self._refresh.append(mark)
        return edit

    def _end(self) -> None:
        clear = QPushButton(_("Tout effacer"))
        clear.setProperty("kind", "quiet")
        clear.clicked.connect(self._clear)
        done = QPushButton(_("Fermer"))
        done.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.addWidget(clear)
        line.addStretch(1)
        line.addWidget(done)
        self._whole.addLayout(line)

    def _clear(self) -> None:
        self._bar.in_view.setChecked(False)
        self._bar.set_text("")
        self._query = Query()
        self._show(self._query)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _lowest_gravity(query: Query) -> int:
    return query.min_gravity


def _period_said(query: Query) -> str:
    return query.since_said
