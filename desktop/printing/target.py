"""Where a page goes: a PDF, a picture with its world file, a printer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.printing.ink import Ink
from desktop.printing.plan import Plan

MM_PER_INCH = 25.4
_LETTERS_DPI = 600
"""How finely letters and lines are placed in a PDF; the map keeps the fineness that was chosen."""
_WEB_MERCATOR = (
    'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],'
    'PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]'
)
DrawCopy = Callable[[Ink, int], None]
"""Draws one copy, by its number."""


def write_pdf(path: Path, plan: Plan, title: str, families: list[str], draw: DrawCopy) -> None:
    """All copies as the pages of one PDF, its letters as letters."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Beffroi")
    writer.setResolution(_LETTERS_DPI)
    writer.setPageLayout(_layout(plan))
    if plan.grey:
        writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
    painter = _begun(QPainter(), writer)
    for copy in range(1, plan.copies + 1):
        if copy > 1:
            writer.newPage()
        draw(Ink(painter, _LETTERS_DPI / MM_PER_INCH, families), copy)
    painter.end()


def write_png(path: Path, plan: Plan, families: list[str], draw: DrawCopy) -> None:
    """The first copy as a picture."""
    per_mm = plan.fineness / MM_PER_INCH
    sheet = plan.sheet
    picture = QImage(
        round(sheet.width * per_mm), round(sheet.height * per_mm), QImage.Format.Format_RGB32
    )
    if picture.isNull():
        raise BeffroiError(
            _("La mémoire ne suffit pas pour cette image\u00a0: choisissez moins de finesse.")
        )
    picture.fill(QColor("white"))
    painter = _begun(QPainter(), picture)
    draw(Ink(painter, per_mm, families), 1)
    painter.end()
    if plan.grey:
        picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    picture.setDotsPerMeterX(round(per_mm * 1000))
    picture.setDotsPerMeterY(round(per_mm * 1000))
    if not QImageWriter(str(path), b"png").write(picture):
        raise _unwritable(path)


def write_world(path: Path, plan: Plan) -> None:
    """Beside a picture of the page, where it lies on the ground (`.pgw`) and in which system (`.prj`)."""
    world = plan.ground.world_file(plan.sheet.map, plan.fineness / MM_PER_INCH)
    path.with_suffix(".pgw").write_text(world, encoding="ascii")
    path.with_suffix(".prj").write_text(_WEB_MERCATOR, encoding="ascii")


def send_to(printer: QPrinter, plan: Plan, families: list[str], draw: DrawCopy) -> None:
    """All copies to a printer, each with its number."""
    printer.setPageLayout(_layout(plan))
    printer.setFullPage(True)
    if plan.grey:
        printer.setColorMode(QPrinter.ColorMode.GrayScale)
    painter = _begun(QPainter(), printer)
    for copy in range(1, plan.copies + 1):
        if copy > 1:
            printer.newPage()
        draw(Ink(painter, printer.resolution() / MM_PER_INCH, families), copy)
    painter.end()


def _layout(plan: Plan) -> QPageLayout:
    size = QPageSize(
        QSizeF(plan.paper.width, plan.paper.height), QPageSize.Unit.Millimeter, plan.paper.name
    )
    orientation = (
        QPageLayout.Orientation.Landscape if plan.landscape else QPageLayout.Orientation.Portrait
    )
    return QPageLayout(size, orientation, QMarginsF(), QPageLayout.Unit.Millimeter)


def _begun(painter: QPainter, device: QPdfWriter | QImage | QPrinter) -> QPainter:
    if not painter.begin(device):
        raise BeffroiError(
            _(
                "L’impression n’a pas pu commencer\u00a0: vérifiez l’imprimante ou le dossier choisi."
            )
        )
    return painter


def _unwritable(path: Path) -> BeffroiError:
    return BeffroiError(
        _(
            "Le fichier {path} ne peut pas être écrit\u00a0: vérifiez le dossier et la place."
        ).format(path=path)
    )
