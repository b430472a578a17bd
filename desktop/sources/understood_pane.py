"""« Ce que Beffroi a compris »: format, counts, the first records, their place, what went wrong."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.style import Style
from beffroi.text import N_, _
from desktop.kit.empty import EmptyState
from desktop.kit.pieces import words
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.sources.finding import Finding
from desktop.sources.preview_map import PreviewMap
from desktop.sources.preview_model import PreviewModel
from desktop.sources.problems_view import ProblemsView
from desktop.sources.role_header import PreviewTable, role_menu

PROJECTIONS = {
    "EPSG:4326": N_("WGS 84 (degrés)"),
    "EPSG:2154": N_("Lambert-93"),
    "EPSG:27572": N_("Lambert II étendu"),
    "EPSG:3857": N_("Web Mercator"),
    "EPSG:5490": N_("UTM 20N (Antilles)"),
    "EPSG:2972": N_("UTM 22N (Guyane)"),
    "EPSG:2975": N_("UTM 40S (La Réunion)"),
    "EPSG:4471": N_("UTM 38S (Mayotte)"),
}
"""Systems that French data come in."""
Formats = Sequence[tuple[str, str]]
"""Id and title of the formats that can be read."""


class UnderstoodPane(QWidget):
    """Shows a finding, waits, or says why there is none."""

    roles_changed = Signal(object)
    """The roles (dict of role to column) that the officer wants."""
    format_chosen = Signal(str)
    """Read as this format; empty: recognise it."""
    projection_chosen = Signal(str)
    """Read the coordinates in this system (`EPSG:2154`)."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        formats: Callable[[], Formats],
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._formats = formats
        self.finding: Finding | None = None
        self.roles: dict[str, str] = {}
        self.model = PreviewModel(zone, self)
        self.table = PreviewTable(self.model, theme, self)
        self.map = PreviewMap(theme, tasks, self)
        self.problems = ProblemsView(theme, self)
        self.format = QComboBox(self)
        self.format.setAccessibleName(_("Format"))
        self.format.setMaximumWidth(theme.px(230))
        self.format.activated.connect(self._format_chosen)
        self.projection = QComboBox(self)
        self.projection.setAccessibleName(_("Projection"))
        self.projection.setMaximumWidth(theme.px(170))
        for code, said in PROJECTIONS.items():
            self.projection.addItem(_(said), code)
        self.projection.activated.connect(
            lambda _at: self.projection_chosen.emit(str(self.projection.currentData()))
        )
        self.sentence = words("", role="title", wrap=False)
        self.details = words("", role="small", ink="muted", wrap=False)
        self.empty = EmptyState(theme)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.table.role_asked.connect(self._offer_roles)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._lay_out()
        self.say_nothing()

    def _lay_out(self) -> None:
        px = self._theme.px
        side = QSplitter(Qt.Orientation.Vertical, self)
        side.addWidget(self.map)
        side.addWidget(self.problems)
        side.setSizes([px(260), px(110)])
        side.setChildrenCollapsible(False)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(side)
        split.setSizes([px(560), px(330)])
        split.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.format)
        head.addWidget(self.projection)
        head.addWidget(self.sentence)
        head.addWidget(self.details, 1)
        found = QWidget(self)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(split, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(found)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(4))
        outer.addWidget(self._pages, 1)
        outer.addWidget(self.busy)

    # What is shown

    def say_nothing(self) -> None:
        """Nothing is to be read yet."""
        self.finding = None
        self.busy.hide()
        self._pages.setCurrentIndex(0)
        self.empty.say(
            "drag-drop",
            _("Déposez ici un fichier, ou collez une adresse"),
            _(
                "Beffroi reconnaît le format, montre ce qu’il a compris et propose le reste\u202f; "
                "rien n’est ajouté avant que vous ne le disiez."
            ),
        )

    def say_busy(self) -> None:
        """Something is being read; what was shown stays in sight."""
        self.busy.show()
        if self.finding is None:
            self.empty.say("hourglass", _("Lecture en cours…"), "")

    def say_refused(self, sentence: str, icon: str = "alert-triangle") -> None:
        """Nothing could be read, and what to do about it."""
        self.finding = None
        self.busy.hide()
        self._pages.setCurrentIndex(0)
        self.empty.say(icon, _("Rien n’a pu être lu"), sentence)

    def show_finding(self, finding: Finding) -> None:
        """Show what was understood."""
        self.busy.hide()
        self.finding = finding
        self.roles = dict(finding.roles)
        self._say_format(finding)
        self.sentence.setText(finding.sentence)
        self._say_projection(finding)
        told = [finding.encoding, finding.attribution]
        self.details.setText("  ·  ".join(one for one in told if one))
        self.details.setToolTip(self.details.text())
        self.model.show(finding.records, finding.columns, finding.roles)
        self.table.fit()
        self.map.show_records(finding.records)
        self.problems.say(finding.problems)
        self._pages.setCurrentIndex(1)

    def _say_format(self, finding: Finding) -> None:
        if not self.format.count():
            for format_id, title in self._formats():
                self.format.addItem(title, format_id)
        self.format.setToolTip(
            _("{format} – si Beffroi se trompe, choisissez le format vous-même.").format(
                format=finding.format_title
            )
        )
        at = self.format.findData(finding.format)
        if at < 0:
            self.format.insertItem(0, finding.format_title, finding.format)
            at = 0
        self.format.setCurrentIndex(at)

    def _say_projection(self, finding: Finding) -> None:
        """The system of the coordinates; what names none cannot be projected otherwise."""
        code = finding.crs or "EPSG:4326"
        if self.projection.findData(code) < 0:
            self.projection.addItem(code, code)
        self.projection.setCurrentIndex(self.projection.findData(code))
        self.projection.setVisible(bool(finding.located) and not finding.tiles)
        why = finding.reasons.get("crs", "")
        self.projection.setToolTip(why or _("Si les objets sont loin de leur place, changez-la."))

    def dress(self, style: Style) -> None:
        """Draw the preview in this style."""
        self.map.dress(style)

    # What the officer corrects

    def _format_chosen(self, _at: int) -> None:
        chosen = str(self.format.currentData())
        if self.finding is None or chosen != self.finding.format:
            self.format_chosen.emit(chosen)

    def _row_chosen(self, row: QModelIndex, _before: QModelIndex) -> None:
        self.map.choose(row.row())

    def _offer_roles(self, section: int) -> None:
        name = self.model.columns[section]
        present = self.model.role_of(section)
        why = self.finding.reasons.get(present, "") if self.finding and present else ""
        menu = role_menu(self, present, lambda role: self.set_role(name, role), why)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.menu_place(section))

    def set_role(self, column: str, role: str) -> None:
        """Say what a column contains; a role is played by one column, a column plays one role.

        A longitude and a latitude that were taken for one another are exchanged at once.
        """
        kept = {r: c for r, c in self.roles.items() if c != column and r != role}
        before = next((r for r, c in self.roles.items() if c == column), "")
        other = self.roles.get(role)
        if {before, role} == {"lon", "lat"} and other:
            kept[before] = other
        self.roles = {**kept, role: column} if role else kept
        self.model.set_roles(self.roles)
        self.roles_changed.emit(dict(self.roles))
