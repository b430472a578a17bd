"""Cards or table rows: the two ways in which the list shows entries."""

from PySide6.QtCore import QObject

from desktop.api import Desk
from desktop.logbook.beside import Beside
from desktop.logbook.card_rows import CardDelegate
from desktop.logbook.delegate import Lighting, RowDelegate
from desktop.logbook.table_rows import TableDelegate

LOOK_KEY = "logbook/look"


class Looks:
    """What paints rows, by name (`card`, `table`); the choice is remembered."""

    def __init__(self, desk: Desk, beside: Beside, parent: QObject) -> None:
        self._settings = desk.settings
        self.lighting = Lighting()
        self._by_name: dict[str, RowDelegate] = {
            "card": CardDelegate(desk.theme, self.lighting, beside, parent),
            "table": TableDelegate(desk.theme, self.lighting, beside, parent),
        }
        kept = str(self._settings.value(LOOK_KEY, "card"))
        self.now = kept if kept in self._by_name else "card"

    @property
    def rows(self) -> RowDelegate:
        """What paints rows now."""
        return self._by_name[self.now]

    def choose(self, name: str) -> None:
        """Show them so from now on."""
        self.now = name if name in self._by_name else "card"
        self._settings.setValue(LOOK_KEY, self.now)

    def press(self, late: frozenset[str]) -> None:
        """Entries (uid) with a late follow-up."""
        for rows in self._by_name.values():
            rows.pressing = late
