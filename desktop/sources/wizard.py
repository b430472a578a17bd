"""« Ajouter une source »: one window; where from, what was understood, what it will be."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.sources.addresses import Origin
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.kit import keys
from desktop.sources import dropping
from desktop.sources.door import Made, Maker, Plan, Reader
from desktop.sources.finding import Choice, Finding, Part, origin_of
from desktop.sources.inquiry import Inquiry
from desktop.sources.wizard_frame import WizardFrame

TABLES = ("csv", "spreadsheet", "json")
"""Formats whose options say which columns hold the place."""


class Wizard(WizardFrame):
    """Adds a source, or changes one."""

    made = Signal(object)
    """A `Made`: sources and calques are there."""
    manual_asked = Signal()
    """Somebody wants to type a small table."""

    def __init__(self, desk: Desk, reader: Reader, maker: Maker, parent: QWidget) -> None:
        super().__init__(desk, reader, parent)
        self._maker = maker
        self._queue: list[Path] = []
        self._uid = ""
        self._told = Origin()
        self.inquiry = Inquiry(desk.tasks, reader, self)
        self._connect()
        self.begin()

    def _connect(self) -> None:
        self.add.clicked.connect(self.accept)
        self.skip.clicked.connect(self._next_file)
        self.origin.chosen.connect(self._read)
        self.origin.files_chosen.connect(self.take_files)
        self.origin.manual_asked.connect(self.manual_asked)
        self.parts.shown.connect(self._show_part)
        self.parts.ticked.connect(self._say_add)
        self.understood.roles_changed.connect(self._roles_changed)
        self.understood.format_chosen.connect(self._format_chosen)
        self.understood.projection_chosen.connect(self._projection_chosen)
        self.make_up.style_.changed.connect(self.understood.dress)
        self.make_up.description.changed.connect(self._say_add)
        self.inquiry.started.connect(self.understood.say_busy)
        self.inquiry.started.connect(self._say_add)
        self.inquiry.found.connect(self._found)
        self.inquiry.refused.connect(self._refused)

    # Coming in

    def begin(self) -> None:
        """Start afresh."""
        self._uid = ""
        self._queue = []
        self._told = Origin()
        self.inquiry.forget()
        self.setWindowTitle(_("Ajouter une source"))
        self.origin.offer(Origin())
        self.parts.show_parts((), "")
        self.understood.say_nothing()
        self.make_up.forget()
        self.make_up.setEnabled(False)
        self.trouble.setText("")
        self.queue.hide()
        self.skip.hide()
        self._say_add()

    def open(self) -> None:
        """Come to the front, the keyboard where an address is typed."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.origin.address.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, origin: Origin) -> None:
        """Something was dropped, pasted or named elsewhere: read it."""
        self.begin()
        self.origin.offer(origin)
        self.open()
        self.origin.go()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Several files: one after the other."""
        self.begin()
        self._queue = dropping.grouped(paths)
        self.open()
        self._next_file()

    def paste(self, text: str) -> None:
        """Take a text from the clipboard."""
        self.begin()
        self.open()
        self.origin.paste(text)

    def change(
        self, uid: str, origin: Origin, fields: dict[str, Any], style: dict[str, Any],
        *, shared: bool, marking: str, caveats: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Show a source that exists; [Enregistrer] changes it."""
        self.begin()
        self._uid = uid
        self.setWindowTitle(_("Modifier la source"))
        self.origin.offer(origin)
        self._told = self.origin.origin
        self.make_up.keep(
            origin.transport, fields, style, shared=shared, marking=marking, caveats=caveats
        )
        self.inquiry.recall(
            Choice(
                format=str(fields.get("format", "")),
                options=dict(fields.get("options", {})),
                mapping=dict(fields.get("mapping", {})),
            )
        )
        self.open()
        self._say_add()
        self.inquiry.ask(origin, self.origin.secret.text())

    def _next_file(self) -> None:
        if not self._queue:
            self.close()
            return
        path, *self._queue = self._queue
        self.make_up.forget()
        self.inquiry.forget()
        self.origin.take_files([path])
        waiting = len(self._queue)
        said = ngettext(
            "Encore {n} fichier après celui-ci", "Encore {n} fichiers après celui-ci", waiting
        )
        self.queue.setText(said.format(n=waiting))
        self.queue.setVisible(bool(waiting))
        self.skip.setVisible(bool(waiting))

    # Reading

    def _read(self, origin: Origin) -> None:
        self._told = origin
        if origin != self.inquiry.origin and not self._uid:
            self.inquiry.forget()
            self.parts.show_parts((), "")
        self.inquiry.ask(origin, self.origin.secret.text())

    def _show_part(self, part: Part) -> None:
        self.inquiry.choose(options=part.options, mapping={})
        origin = origin_of(self.inquiry.origin, part)
        self.inquiry.ask(origin, self.origin.secret.text())

    def _roles_changed(self, roles: dict[str, str]) -> None:
        """A table takes its place from the columns named by its options, whatever their projection."""
        finding, options = self.understood.finding, dict(self.inquiry.choice.options)
        places: dict[str, str] = {role: roles[role] for role in ("lon", "lat") if role in roles}
        if finding is not None and finding.format in TABLES and places:
            options.update(places)
            roles = {role: name for role, name in roles.items() if role not in places}
        self.inquiry.choose(mapping=roles, options=options)
        self.inquiry.ask(self.inquiry.origin, self.origin.secret.text())

    def _projection_chosen(self, code: str) -> None:
        self.inquiry.choose(options={**self.inquiry.choice.options, "crs": code})
        self.inquiry.ask(self.inquiry.origin, self.origin.secret.text())

    def _format_chosen(self, format_id: str) -> None:
        self.inquiry.choose(format_id=format_id, options={}, mapping={})
        self.inquiry.ask(self.inquiry.origin, self.origin.secret.text())

    def _found(self, finding: Finding) -> None:
        self.trouble.setText("")
        self.understood.show_finding(finding)
        if finding.parts:
            self.parts.show_parts(finding.parts, finding.part)
        self.make_up.setEnabled(True)
        self.make_up.propose(self.inquiry.origin.transport, finding)
        self._say_add()

    def _refused(self, sentence: str) -> None:
        self.understood.say_refused(sentence)
        self.make_up.setEnabled(bool(self._uid))
        self._say_add()

    # Going out

    @property
    def ready(self) -> bool:
        """Whether there is something to add: what is shown, not what is still being read."""
        if self.inquiry.waiting:
            return False
        finding = self.understood.finding
        known = finding is not None or bool(self._uid)
        if finding is not None and finding.tiles and not self.parts.wanted():
            return False
        return known and bool(self.make_up.description.title.text().strip())

    def _say_add(self) -> None:
        wanted = len(self.parts.wanted())
        said = ngettext("Ajouter", "Ajouter {n} calques", wanted).format(n=wanted)
        self.add.setText(_("Enregistrer") if self._uid else said)
        self.add.setEnabled(self.ready)

    def plan(self) -> Plan:
        """What would be made now."""
        finding = self.understood.finding or Finding(format="", format_title="", read=0)
        return Plan(
            origin=self.inquiry.origin,
            finding=finding,
            source=self.make_up.fields(),
            style=self.make_up.style_.style_.to_fields(),
            shared=self.make_up.sharing.is_shared,
            marking=self.make_up.sharing.limits.marking,
            caveats=self.make_up.sharing.limits.caveats,
            secret=self.origin.secret.text(),
            parts=tuple(self.parts.wanted()) if not self._uid else (),
            uid=self._uid,
            choice=replace(self.inquiry.choice, mapping=self._mapping(finding)),
        )

    def _mapping(self, finding: Finding) -> dict[str, str]:
        """The roles to keep; the place of a table is in its options or found by its format."""
        roles = dict(self.understood.roles)
        if finding.format in TABLES:
            roles = {role: name for role, name in roles.items() if role not in ("lon", "lat")}
        return roles

    def accept(self) -> None:
        """Make what is shown; an address that was written since is read first."""
        if self.origin.origin != self._told:
            self.origin.go()
            return
        if not self.ready:
            return
        plan = self.plan()
        self.add.setEnabled(False)
        self.understood.busy.show()
        self._desk.tasks.run(
            lambda: self._maker.make(plan),
            lambda made: self._fill(plan, made),
            self._broke,
            touches_store=True,
        )

    def _fill(self, plan: Plan, made: Made) -> None:
        self._desk.tasks.run(
            lambda: self._maker.fill(plan, made), lambda _none: self._done(made), self._broke
        )

    def _done(self, made: Made) -> None:
        self.made.emit(made)
        self.understood.busy.hide()
        self.origin.secret.clear()
        if self._queue:
            self._next_file()
        else:
            self.close()

    def _broke(self, error: BaseException) -> None:
        self._say_add()
        self.understood.busy.hide()
        self.trouble.setText(dropping.sentence_of(error, self._desk.notices))

    # Drops, keys

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropping.takes(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.drop(dropping.dropped(event.mimeData()))

    def drop(self, what: dropping.Dropped) -> None:
        """Take what was dropped here or on the desk."""
        if len(what.paths) > 1:
            self.take_files(what.paths)
        elif what.origin.known:
            self.take(what.origin)

    @override
    def event(self, event: QEvent) -> bool:
        return keys.claims(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif keys.validates(event):
            self.accept()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.inquiry.forget()
        super().closeEvent(event)
