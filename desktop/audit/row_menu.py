"""What can be done with a trace: see those that share something with it, copy it."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from beffroi.access.trace import Trace
from beffroi.text import _
from desktop.audit import wording
from desktop.audit.filter_bar import FilterBar


def offer(filters: FilterBar, trace: Trace, parent: QWidget, at: QPoint) -> QMenu:
    """Open the menu at a point of the screen; it goes away by itself."""
    menu = QMenu(parent)
    for title, run in _acts(filters, trace):
        menu.addAction(title).triggered.connect(lambda _checked=False, run=run: run())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


def _acts(filters: FilterBar, trace: Trace) -> Iterator[tuple[str, Callable[[], None]]]:
    shared = (
        (_("Traces du même objet"), filters.about, trace.label or trace.object),
        (_("Traces du même compte"), filters.account, trace.account),
        (_("Traces du même poste"), filters.post, trace.post),
        (_("Traces du même poste de travail"), filters.station, trace.station),
    )
    for title, field, value in shared:
        if value:
            yield title, partial(field.setText, value)
    yield _("Copier la trace"), partial(_copy, trace)


def _copy(trace: Trace) -> None:
    told = [f"{trace.at}", trace.chain, f"{trace.seq}", trace.account, trace.post, trace.station,
            trace.action, trace.label or trace.object, wording.details(trace), trace.hash]  # fmt: skip
    QGuiApplication.clipboard().setText("\t".join(told))
