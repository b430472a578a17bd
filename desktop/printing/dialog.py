"""« Imprimer la carte… »: choices on the left, the page as it will be on the right, the sheet on the map."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.logbook.sheet import Sheet
from beffroi.text import _
from desktop.api import Desk, Event
from desktop.kit.theme import Theme
from desktop.printing import facts as telling
from desktop.printing import job, page
from desktop.printing.form import Form
from desktop.printing.ground import Ground, fitting
from desktop.printing.ink import Ink
from desktop.printing.legend import legend
from desktop.printing.picture import Packed, draw_map
from desktop.printing.plan import Facts, Plan
from desktop.printing.preview import Preview, Rough

_PER_MM = 4.0
_FRANCE = (-5.2, 41.2, 9.7, 51.2)


class PrintDialog(QDialog):
    """Stays beside the map, where the sheet can be dragged and turned."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._desk = desk
        self._light = Theme("light", parent=self)
        self._families = self._light.font().families()
        self._facts: Facts | None = None
        self._sheets: list[Sheet] = []
        self._packed: Packed = []
        self._job: job.Job | None = None
        self.plan = self._first_plan()
        self.setWindowTitle(_("Imprimer la carte"))
        self.form, self.preview = Form(self), Preview(self)
        self.rough = Rough(desk, self)
        self._lay_out()
        self._connect()
        self.form.show_plan(self.plan)

    # setting up

    def _first_plan(self) -> Plan:
        now = telling.said(self._desk.node.clock.now(), self._desk.node.info.zone)
        day, _space, rest = now.partition(" ")
        number = "C-" + "".join(reversed(day.split("/"))) + "-" + rest[:5].replace(":", "")
        plan = Plan(ground=Ground(lon=0, lat=0, scale=1), number=number)
        return replace(plan, ground=fitting(self._desk.shared.extent or _FRANCE, plan.sheet.map))

    def _lay_out(self) -> None:
        self._hint = QLabel(
            _("Déplacez la feuille sur la carte\u202f; tournez-la par sa poignée."), self
        )
        self._hint.setWordWrap(True)
        self._hint.setProperty("ink", "muted")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.pdf, self.png, self.paper = (
            QPushButton(words, self)
            for words in (_("Enregistrer en PDF…"), _("Image PNG…"), _("Imprimer…"))
        )
        self.pdf.setDefault(True)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.form)
        left.addWidget(self._hint)
        left.addStretch(1)
        left.addWidget(self.progress)
        row = QHBoxLayout()
        for button in (self.paper, self.png, self.pdf):
            row.addWidget(button)
        left.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addLayout(left)
        layout.addWidget(self.preview, 1)
        self.resize(self._light.px(1040), self._light.px(620))

    def _connect(self) -> None:
        self.form.changed.connect(self._chosen)
        self.form.view_asked.connect(self.frame_view)
        self.rough.came.connect(self._pictured)
        self.rough.failed.connect(self._desk.notices.failure)
        self.pdf.clicked.connect(self._ask_pdf)
        self.png.clicked.connect(self._ask_png)
        self.paper.clicked.connect(self._ask_printer)
        self._desk.canvas.on("print-framed", self._dragged)
        self._desk.stack.changed.connect(self._map_changed)

    # the plan

    def begin(self) -> None:
        """Show the dialog, the sheet on the map, and a first page."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._settle()

    def frame_view(self) -> None:
        """Put the sheet where the map is now, at the scale that shows all of it."""
        box = self._desk.shared.extent or _FRANCE
        self.plan = replace(self.plan, ground=fitting(box, self.plan.sheet.map))
        self.form.show_plan(self.plan)
        self._settle()

    def _chosen(self) -> None:
        self.plan = self.form.plan(self.plan)
        self.form.show_plan(self.plan)
        self._settle()

    def _dragged(self, event: Event) -> None:
        if not self.isVisible():
            return
        ground = replace(
            self.plan.ground, lon=event["lon"], lat=event["lat"], rotation=float(event["rotation"])
        )
        self.plan = replace(self.plan, ground=ground)
        self.form.show_plan(self.plan)
        self._settle()

    def _settle(self) -> None:
        ground, place = self.plan.ground, self.plan.sheet.map
        self._desk.canvas.keep(
            "print-frame",
            {
                "lon": ground.lon,
                "lat": ground.lat,
                "width": place.w / 1000 * ground.scale,
                "height": place.h / 1000 * ground.scale,
                "rotation": ground.rotation,
            },
        )
        self._desk.tasks.run(partial(self._read, self.plan), self._told)
        self.rough.want(self.plan)

    def _map_changed(self) -> None:
        if self.isVisible():
            self.rough.begin_again()
            self._settle()

    # the page

    def _read(self, plan: Plan) -> tuple[Facts, list[Sheet]]:
        desk = self._desk
        sheets = telling.visible_sheets(desk.node, desk.stack)
        told = telling.gather(
            desk.node, plan, sheets, telling.sources_of(desk.stack, sheets),
            entries=telling.has_entries(desk.stack), moment=desk.shared.moment,
        )  # fmt: skip
        return told, sheets

    def _told(self, read: tuple[Facts, list[Sheet]]) -> None:
        self._facts, self._sheets = read
        self._draw()

    def _pictured(self, packed: Packed) -> None:
        self._packed = packed
        self._draw()

    def _draw(self) -> None:
        """Paint the page small: a few milliseconds."""
        if self._facts is None:
            return
        sheet = self.plan.sheet
        per_mm = _PER_MM / sheet.factor
        size = (round(sheet.width * per_mm), round(sheet.height * per_mm))
        picture = QImage(*size, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        keys = legend(
            self._desk.stack, self._sheets, self.plan.zoom, self._light, self._facts.themes
        )
        fits = [(t, data) for t, data in self._packed if t.place == sheet.map]
        page.draw(
            Ink(painter, per_mm, self._families), self.plan, self._facts, keys,
            lambda ink, place: draw_map(fits, grey=self.plan.grey, ink=ink, place=place),
        )  # fmt: skip
        painter.end()
        if self.plan.grey:
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        self.preview.show_page(picture)

    # leaving

    def _ask_pdf(self) -> None:
        if path := self._ask_file("pdf", _("PDF (*.pdf)")):
            self.run(job.to_pdf(self._desk, path, self._families), path.name)

    def _ask_png(self) -> None:
        if path := self._ask_file("png", _("Image (*.png)")):
            self.run(job.to_png(self._desk, path, self._families), path.name)

    def _ask_file(self, suffix: str, kind: str) -> Path | None:
        name = f"{self.plan.number or 'carte'}.{suffix}".replace("/", "-")
        said, _kind = QFileDialog.getSaveFileName(self, _("Enregistrer la carte"), name, kind)
        path = Path(said) if said else None
        return path.with_suffix(f".{suffix}") if path else None

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.run(job.to_printer(self._desk, printer, self._families), printer.printerName())

    def run(self, paint: job.Painted, name: str) -> None:
        """Print; what comes of it is said by a notice."""
        self._job = job.Job(self._desk, self.plan, paint, self, self.rough.lend())
        self._job.stepped.connect(self._stepped)
        self._job.over.connect(partial(self._over, name))
        try:
            self._job.start()
        except BeffroiError as error:
            self._over(name, error)
            return
        self._busy(busy=True)

    def _stepped(self, there: int, wanted: int) -> None:
        self.progress.setRange(0, wanted)
        self.progress.setValue(there)

    def _over(self, name: str, error: BaseException | None) -> None:
        self._job = None
        self._busy(busy=False)
        if error is not None:
            self._desk.notices.failure(error)
        else:
            self._desk.notices.done(_("Carte imprimée\u00a0: {name}").format(name=name))

    def _busy(self, *, busy: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(busy)
        for button in (self.pdf, self.png, self.paper):
            button.setEnabled(not busy)

    @property
    def printing(self) -> bool:
        """Whether a print is under way."""
        return self._job is not None

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back from the map sees what it shows now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self._facts:
            self._settle()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.away()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self.away()
        super().reject()

    def away(self) -> None:
        """Take the sheet off the map, let go of pictures and of a print under way."""
        self._desk.canvas.keep("print-frame", None)
        self.rough.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None
            self._busy(busy=False)
