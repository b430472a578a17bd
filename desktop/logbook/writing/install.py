"""Puts the writing side on the desk: its commands, and the dock of the full form."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from beffroi.logbook.entry import Content
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.kit.shared import Prefill
from desktop.logbook.writing.capture import CaptureBar
from desktop.logbook.writing.editor import EntryEditor

DOCK = "form"
MENU = N_("Main courante")


def writer_here() -> CaptureBar | EntryEditor | None:
    """The capture or the form that has the keyboard."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, (CaptureBar, EntryEditor)):
            return widget
        widget = widget.parentWidget()
    return None


def publish_here() -> None:
    """Publish what is being written where the keyboard is."""
    match writer_here():
        case CaptureBar() as capture:
            capture.publish()
        case EntryEditor() as form:
            form.finish()
        case None:
            pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The two places where one writes: `capture` goes to the top of the list."""

    capture: CaptureBar
    form: EntryEditor


def install(desk: Desk) -> Writing:
    """Add the dock of the full form, register the commands, make the capture."""
    capture = CaptureBar(desk)
    form = EntryEditor(desk, capture.lookups)
    desk.docks.add(DOCK, _("Formulaire"), form, area="right", icon="list-details")

    def may_write() -> bool:
        return desk.node.who.may_write

    def write_in_full(content: Content | None = None) -> None:
        if not form.begun or content is not None:
            form.new(content=content)
        desk.docks.show(DOCK)
        form.focus_first()
        if content is not None:
            capture.discard()

    capture.form_asked.connect(write_in_full)
    form.taken_up.connect(lambda: desk.docks.show(DOCK))
    form.closed.connect(lambda: desk.docks.show("logbook"))
    form.recovered.connect(
        lambda: desk.notices.info(
            _("Un formulaire non publié a été retrouvé : Ctrl+Maj+N pour le reprendre.")
        )
    )
    form.new()
    desk.commands.register(
        Command(
            id="logbook.new",
            title=N_("Nouvelle entrée"),
            run=lambda: desk.shared.entry_asked.emit(Prefill()),
            menu=MENU,
            shortcut="Ctrl+N",
            icon="pencil-plus",
            enabled=may_write,
        ),
        Command(
            id="logbook.publish",
            title=N_("Publier ce qui est écrit"),
            run=publish_here,
            menu=MENU,
            shortcut="Ctrl+Return",
            also=("Ctrl+Enter",),
            icon="send",
            enabled=lambda: may_write() and writer_here() is not None,
        ),
        Command(
            id="logbook.form",
            title=N_("Nouvelle entrée, formulaire complet"),
            run=write_in_full,
            menu=MENU,
            shortcut="Ctrl+Shift+N",
            icon="list-details",
            enabled=may_write,
        ),
        Command(
            id="logbook.capture.place",
            title=N_("Situer la nouvelle entrée sur la carte"),
            run=capture.pick_on_map,
            menu=MENU,
            shortcut="Ctrl+Shift+P",
            icon="map-pin-plus",
            enabled=may_write,
        ),
        Command(
            id="logbook.capture.file",
            title=N_("Joindre des fichiers à la nouvelle entrée"),
            run=capture.strip.choose_files,
            menu=MENU,
            icon="paperclip",
            enabled=may_write,
        ),
        Command(
            id="logbook.capture.screenshot",
            title=N_("Joindre une capture d’écran à la nouvelle entrée"),
            run=capture.strip.take_screenshot,
            menu=MENU,
            shortcut="Ctrl+Shift+S",
            icon="screenshot",
            enabled=may_write,
        ),
    )
    return Writing(capture=capture, form=form)
