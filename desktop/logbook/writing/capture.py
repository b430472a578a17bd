"""Quick capture: three seconds between a phone call and the main courante."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content, Entry, Marking
from beffroi.logbook.hints import Hint
from beffroi.logbook.personal import Draft
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.logbook.writing.capture_draft import payload_of, restore
from desktop.logbook.writing.capture_layout import CaptureFrame
from desktop.logbook.writing.drafts import DraftKeeper, found_words
from desktop.logbook.writing.pasted import Incoming, of_text
from desktop.logbook.writing.place import NOWHERE, PlaceChoice, at_point
from desktop.logbook.writing.publishing import Order, Publisher
from desktop.logbook.writing.receipt import receipt
from desktop.logbook.writing.zones import local_now

READ_MS = 60
LOCATE_MS = 350
SLOW_MS = 250
"""A commit that takes longer is told while one waits."""
KIND = "capture"


class CaptureBar(CaptureFrame):
    """The line at the top of the list.  `published` tells each `Entry` that was kept."""

    published = Signal(object)
    left = Signal()
    """Esc: the person goes elsewhere."""
    form_asked = Signal(object)
    """The person wants every field for this `Content`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._publisher = Publisher(desk, self.lookups)
        self.keeper = DraftKeeper(desk, KIND, self._snapshot, self)
        self._reading = QTimer(self, singleShot=True, interval=READ_MS)
        self._locating = QTimer(self, singleShot=True, interval=LOCATE_MS)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self.offer.taken.connect(self._pin_point)
        self._connect()
        desk.shared.entry_asked.connect(self.begin)
        self.keeper.look(self._found_draft)
        self.permit()
        self._edited()

    def _connect(self) -> None:
        self.text.textChanged.connect(self._edited)
        self.text.submitted.connect(self.publish)
        self.text.left.connect(self._leave)
        self.text.attached.connect(self.strip.take)
        self.text.refused.connect(self._too_long)
        self.text.place_chosen.connect(self._chose_place)
        self._reading.timeout.connect(self._read)
        self._locating.timeout.connect(self._locate)
        self._slow.timeout.connect(lambda: self.status.told(_("Enregistrement…")))
        self.chips.dismissed.connect(self._dismiss)
        self.chips.unpinned.connect(partial(self._pin, NOWHERE))
        self.strip.changed.connect(self._touched)
        self.strip.position_found.connect(self.offer.propose)
        self.duplicates.complete_asked.connect(self.complete)
        self.banner.dropped.connect(self._touched)
        self.tools.place.clicked.connect(self.pick_on_map)
        self.tools.files.clicked.connect(self.strip.choose_files)
        self.tools.screenshot.clicked.connect(self.strip.take_screenshot)
        self.tools.form.clicked.connect(self._ask_form)
        self.tools.publish.clicked.connect(self.publish)

    # Typing

    def _edited(self) -> None:
        self.line.text = self.text.toPlainText()
        self.status.forgive()
        self._reading.start()
        self._locating.start()
        self._touched()

    def _touched(self) -> None:
        written = bool(self.line.text.strip())
        self.tools.publish.setEnabled(written and self._desk.node.who.may_write)
        self.keeper.touched()

    def _read(self) -> None:
        found = self.line.read(self._desk.node.clock.now())
        self.text.mark([(hint.start, hint.end) for hint in found])
        self.chips.show_hints(found, self.text.textCursor().position())
        self.duplicates.look_for(None if self.banner.parent_entry else self.content())

    def _dismiss(self, hint: Hint) -> None:
        self.line.dismiss(hint)
        self._read()
        self.keeper.touched()
        self.text.setFocus()

    def _chose_place(self, words: str, choice: PlaceChoice) -> None:
        self.line.places[words] = choice
        self.lookups.complete(choice, partial(self._know_place, words))

    def _locate(self) -> None:
        words = self.line.unplaced(self.line.read(self._desk.node.clock.now()))
        if words and words not in self.line.unknown:
            self.lookups.ask(lambda: self.lookups.locate(words), partial(self._know_place, words))

    def _know_place(self, words: str, choice: PlaceChoice | None) -> None:
        if choice is None:
            self.line.unknown.add(words)
        else:
            self.line.places[words] = choice
            self._preview(choice)
        self._read()

    def _pin(self, choice: PlaceChoice) -> None:
        self.line.pinned = choice
        self._read()
        self._preview(choice)
        self._touched()

    def _pin_point(self, lon: float, lat: float, place: str = "") -> None:
        """Keep the point at once; its commune comes when it comes."""
        choice = at_point(lon, lat, place)
        self._pin(choice)
        self.lookups.complete(choice, partial(self._name_pin, choice))
        self.text.setFocus()

    def _name_pin(self, asked: PlaceChoice, named: PlaceChoice) -> None:
        if self.line.pinned == asked:
            self._pin(named)

    def _preview(self, choice: PlaceChoice) -> None:
        point = None if choice.lon is None else (choice.lon, choice.lat)
        self._desk.shared.preview_changed.emit(point)

    def pick_on_map(self) -> None:
        """Wait for a click on the map."""
        self._desk.shared.pick(_("Cliquez l’endroit de l’entrée sur la carte"), self._pin_point)

    def _leave(self) -> None:
        """The draft stays; the keyboard goes back to the list."""
        self.keeper.save()
        self.left.emit()

    # What it holds

    def content(self) -> Content:
        """The entry as it would be published now."""
        base = Content(
            text="",
            marking=Marking(self._desk.node.info.marking),
            attachments=self.strip.refs,
            parent=self.banner.uid,
        )
        return self.line.content(self._desk.node.clock.now(), base)

    def _snapshot(self) -> dict[str, Any] | None:
        return payload_of(self.line, self.strip, self.banner)

    def begin(self, asked: Prefill) -> None:
        """Take the keyboard, with what is already known of the entry."""
        self.permit()
        self._desk.docks.show("logbook")
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if asked.text:
            self.text.insertPlainText(asked.text)
        if asked.lon is not None and asked.lat is not None:
            self._pin_point(asked.lon, asked.lat, asked.place)
        if asked.files:
            self.strip.take(Incoming(files=asked.files))
        if asked.parent:
            logbook = self._desk.node.logbook
            self.lookups.ask(lambda: logbook.entry(asked.parent), self.complete)

    def complete(self, entry: Entry) -> None:
        """What is typed completes `entry`."""
        self.banner.show_entry(entry)
        self.duplicates.look_for(None)
        self._touched()
        self.text.setFocus()

    # Publishing

    def publish(self) -> None:
        """Keep the line; it is ready for the next at once."""
        self.line.text = self.text.toPlainText()
        blank = not self.line.text.strip() and not self.strip.refs and not self.strip.busy
        if blank and (self._slow.isActive() or self.status.text):
            return  # Enter struck twice: what was just kept goes on being told
        if self.strip.busy:
            self.status.wrong(_("Une pièce est encore en cours d’ajout : un instant, puis Entrée."))
            return
        now = self._desk.node.clock.now()
        order = Order(
            uid=self.keeper.uid,
            content=self.content(),
            place_words=self.line.unplaced(self.line.read(now)),
            corroborating=self.line.corroborated_by(now),
        )
        try:
            self._publisher.check(order)
        except BeffroiError as error:
            self.status.wrong(str(error))
            return
        kept = self._snapshot() or {}
        self.keeper.hand_over()
        self._empty()
        self._slow.start()
        self._publisher.publish(
            order,
            self._published,
            partial(self._failed, Draft(uid=order.uid, changed_at=now, payload=kept)),
        )

    def _published(self, entry: Entry) -> None:
        self._slow.stop()
        self.status.kept(receipt(entry), _("Voir"), partial(self._desk.shared.open, entry.uid))
        self.published.emit(entry)

    def _failed(self, draft: Draft, error: BaseException) -> None:
        self._slow.stop()
        sentence = (
            str(error)
            if isinstance(error, BeffroiError)
            else _("L’entrée n’a pas pu être enregistrée : votre texte est conservé, réessayez.")
        )
        resume = partial(self._resume, draft)
        if self.line.text.strip():
            self.status.wrong(sentence, _("Reprendre ce texte"), resume)
        else:
            resume()
            self.status.wrong(sentence)
        if not isinstance(error, BeffroiError):
            raise error

    def _empty(self) -> None:
        self.line.clear()
        self.strip.clear()
        self.banner.clear()
        self.offer.hide()
        self.text.know_places(())
        self.text.clear()
        self.status.clear()
        self._read()
        self._desk.shared.preview_changed.emit(None)

    # Drafts

    @override
    def hideEvent(self, event: Any) -> None:
        self.keeper.save_soon()
        super().hideEvent(event)

    def _found_draft(self, draft: Draft) -> None:
        if self.line.text.strip():
            return
        self._resume(draft)
        self.status.told(found_words(self._desk, draft), _("Effacer"), self.discard)

    def _resume(self, draft: Draft) -> None:
        self.keeper.resume(draft)
        restore(draft.payload, self.line, self.strip)
        self.text.know_places(tuple(self.line.places))
        self.text.setPlainText(self.line.text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        parent = str(draft.payload.get("parent") or "")
        if parent:
            logbook = self._desk.node.logbook
            self.lookups.ask(lambda: logbook.entry(parent), self.banner.show_entry)

    def discard(self) -> None:
        """Give the draft up."""
        self._empty()
        self.keeper.forget()

    def _ask_form(self) -> None:
        self.form_asked.emit(self.content())

    def _too_long(self, sentence: str, text: str) -> None:
        join = partial(self.strip.take, of_text(text, local_now(self._desk)))
        self.status.wrong(sentence, _("Joindre en fichier"), join)
