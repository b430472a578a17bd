"""Where it happened: a name, coordinates in any system, a click on the map, a photo's position."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from beffroi.logbook.entry import GEO_PRECISION_WORDS, Content, GeoPrecision
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.writing.choices import Segments
from desktop.logbook.writing.field import Field, small_label
from desktop.logbook.writing.icons import IconButton
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.place import NOWHERE, PlaceChoice, at_point, place_of
from desktop.logbook.writing.popup import Suggestion
from desktop.logbook.writing.typeahead import TypeAheadLine


class PlaceField(Field):
    """A line that finds places; what is chosen shows at once on the map."""

    names: ClassVar[tuple[str, ...]] = ("place", "lon", "lat", "geo_precision", "commune")

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        super().__init__()
        self._desk, self._lookups = desk, lookups
        self.choice = NOWHERE
        self._locked = self._placed = False
        theme = desk.theme
        self.line = TypeAheadLine(theme, lookups.places, self)
        self.line.setPlaceholderText(_("Site, commune, gare, adresse ou coordonnées"))
        self.line.picked.connect(self._picked)
        self.line.entered.connect(self._free)
        self.line.editingFinished.connect(self.settle)
        self.on_map = IconButton(theme, "map-pin-plus", _("Situer par un clic sur la carte"), self)
        self.on_map.clicked.connect(self.pick_on_map)
        self.clear_button = IconButton(theme, "x", _("Effacer le lieu"), self)
        self.clear_button.clicked.connect(lambda: self.take(NOWHERE))
        self._said = small_label()
        words: dict[str, str] = {p.value: w for p, w in GEO_PRECISION_WORDS.items()}
        self.precision = Segments(theme, words, small=True)
        self.precision.picked.connect(self._precision)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.addWidget(self.line, 1)
        row.addWidget(self.on_map)
        row.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(row)
        layout.addWidget(self._said)
        layout.addWidget(self.precision)
        self.setFocusProxy(self.line)
        self._draw()

    @override
    def show_content(self, content: Content) -> None:
        self.choice = place_of(content)
        self._draw()

    @property
    @override
    def typing(self) -> bool:
        return self.line.hasFocus() and self.line.text() != self.choice.name

    def lock(self, *, words: bool, point: bool) -> None:
        """Words and points already given only change by a correction."""
        self._locked, self._placed = words, point
        self._draw()

    def take(self, choice: PlaceChoice) -> None:
        """Keep a place and tell it."""
        self.choice = choice
        self._draw()
        self._show_on_map()
        self.changed.emit(choice.values)

    def take_point(self, lon: float, lat: float) -> None:
        """Keep a point at once; its commune comes when it comes."""
        words = "" if self.choice.lon is not None else self.choice.place
        choice = at_point(lon, lat, words)
        self.take(choice)
        self._lookups.complete(choice, partial(self._name_point, choice))

    def _name_point(self, asked: PlaceChoice, named: PlaceChoice) -> None:
        if self.choice == asked != named:
            self.take(named)

    def pick_on_map(self) -> None:
        """Wait for a click on the map."""
        self._desk.shared.pick(_("Cliquez l’endroit de l’entrée sur la carte"), self.take_point)

    def _picked(self, said: Suggestion) -> None:
        self.take(said.value)
        self._lookups.complete(said.value, partial(self._name_point, said.value))

    def _free(self, words: str) -> None:
        """Words that no place answers to are kept as they are, without a point."""
        self.take(PlaceChoice(place=words.strip()))

    @override
    def settle(self) -> str:
        """Keep words left in the line; the point they name comes when it comes."""
        words = self.line.text().strip()
        if self.line.isReadOnly() or words == self.choice.name:
            return ""
        self._free(words)
        if words:
            asked = self.choice
            self._lookups.ask(lambda: self._lookups.meant(words), partial(self._found, asked))
        return ""

    def _found(self, asked: PlaceChoice, found: PlaceChoice | None) -> None:
        if found is not None and self.choice == asked:
            self.take(replace(found, place=asked.place))

    def _precision(self, value: str) -> None:
        old = self.choice
        self.choice = PlaceChoice(
            place=old.place, lon=old.lon, lat=old.lat, commune=old.commune,
            precision=GeoPrecision(value),
        )  # fmt: skip
        self._draw()
        self.changed.emit({"geo_precision": value})

    def _show_on_map(self) -> None:
        point = (self.choice.lon, self.choice.lat)
        self._desk.shared.preview_changed.emit(None if self.choice.lon is None else point)

    def _draw(self) -> None:
        self.line.setText(self.choice.name)
        self.line.setCursorPosition(0)
        locked = self._locked or self._placed
        self.line.setReadOnly(locked)
        focus = Qt.FocusPolicy.NoFocus if locked else Qt.FocusPolicy.StrongFocus
        self.line.setFocusPolicy(focus)
        self.on_map.setVisible(not self._placed)
        free = not self._locked and not self._placed
        self.clear_button.setVisible(free and self.choice != NOWHERE)
        self._said.setText(self.choice.in_words)
        self._said.setVisible(bool(self.choice.in_words))
        self.precision.setVisible(self.choice.lon is not None)
        self.precision.choose(self.choice.precision.value)
