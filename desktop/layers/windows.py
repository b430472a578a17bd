"""The windows that belong to a calque: its editor, its table, selecting in it; each opened once."""

from PySide6.QtCore import QObject, Qt

from beffroi.text import _
from desktop.api import Desk
from desktop.layers.acts import Open
from desktop.layers.calques import Calques
from desktop.layers.cards import Cards
from desktop.layers.editor import Editor
from desktop.layers.panel import LayersPanel
from desktop.layers.select_form import SelectForm
from desktop.layers.selecting import Selected
from desktop.layers.serving import Serving
from desktop.layers.table_panel import TablePanel

TABLE = "table"


class Windows(QObject):
    """Opens them, and brings to the front what is already open."""

    def __init__(
        self, desk: Desk, calques: Calques, serving: Serving, cards: Cards, panel: LayersPanel
    ) -> None:
        super().__init__(panel)
        self._desk, self._calques, self._serving = desk, calques, serving
        self._cards, self._panel = cards, panel
        self.editor: Editor | None = None
        self.form: SelectForm | None = None
        self.table: TablePanel | None = None
        self.acts: dict[str, Open] = {
            "style": self.edit,
            "table": self.show_table,
            "select": self.select,
        }
        desk.shared.calque_asked.connect(self.show_table)

    def edit(self, uid: str) -> None:
        """Open the editor of a calque."""
        if self.editor is not None:
            self.editor.reject()
        editor = self.editor = Editor(
            self._desk, self._calques, self._serving, uid, self._panel.window()
        )
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.finished.connect(self._edited)
        editor.show()

    def _edited(self, _result: int) -> None:
        self.editor = None

    def show_table(self, uid: str, rid: int = 0) -> None:
        """Show the table of a calque, at a row when one is named."""
        if uid not in self._calques:
            return
        table = self.table
        if table is None:
            table = self.table = TablePanel(self._desk, self._calques, self._cards)
            table.select_asked.connect(self.select)
            self._desk.docks.add(TABLE, _("Table"), table, area="bottom", icon="list-details")
        table.open(uid, rid)
        self._desk.docks.set_title(
            TABLE, _("Table – {title}").format(title=self._calques[uid].calque.title)
        )
        self._desk.docks.show(TABLE)

    def select(self, uid: str) -> None:
        """Open the window that selects and joins."""
        if self.form is not None:
            self.form.close()
        form = self.form = SelectForm(
            self._desk, self._calques, uid, self._cards.chosen, self._panel.window()
        )
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.destroyed.connect(self._selected)
        form.found.connect(self._show_found)
        form.show()

    def _selected(self) -> None:
        self.form = None

    def _show_found(self, found: Selected) -> None:
        """The result as a table."""
        self.show_table(found.uid)
        if self.table is not None:
            self.table.keep_to(found)
