"""The whole entry: qualified in place when it is published, written in full when it is new."""

from functools import partial
from typing import Any, Literal

import msgspec
from PySide6.QtCore import Qt, Signal
from shiboken6 import isValid
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.logbook.changes import EntryChanged
from beffroi.logbook.content import merged
from beffroi.logbook.entry import Content, Entry, Lifecycle, Marking, Qualification
from beffroi.logbook.personal import Draft
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.logbook.writing.drafts import found_words
from desktop.logbook.writing.editor_base import EditorBase
from desktop.logbook.writing.field import FieldBox
from desktop.logbook.writing.form_draft import FormDraft
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.pasted import Incoming
from desktop.logbook.writing.publishing import Correction, Order, Publisher
from desktop.logbook.writing.rebase import rebased
from desktop.logbook.writing.saver import Saver
from desktop.logbook.writing.zones import zone_of

Mode = Literal["qualify", "correct", "complete", "new"]


class EntryEditor(EditorBase):
    """`qualify`, `correct`, `complete` or `new` begin; `closed` says that it is over."""

    published = Signal(object)
    """The `Entry` that was published or corrected."""
    recovered = Signal()
    """Something begun before a crash is back in the form."""
    taken_up = Signal()
    """What was abandoned is back in the form."""

    def __init__(self, desk: Desk, lookups: Lookups | None = None) -> None:
        lookups = lookups or Lookups(desk)
        super().__init__(desk, lookups)
        lookups.setParent(lookups.parent() or self)
        self.mode: Mode = "new"
        self.entry: Entry | None = None
        self.content = self._blank()
        self._publisher = Publisher(desk, lookups)
        self._draft = FormDraft(desk, self, self)
        self.saver = Saver(desk, self)
        self._connect()
        self._begin("new", None, self.content, drafts=False)

    def _connect(self) -> None:
        self.form.changed.connect(self._field_changed)
        self.form.qualification.assessed.connect(
            lambda value: self.saver.assess(Qualification(value))
        )
        self.form.text.editor.submitted.connect(self.finish)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refused)
        self.head.correct.clicked.connect(self._correct_this)
        self.foot.finish.clicked.connect(self.finish)
        self.foot.cancel.clicked.connect(self.cancel)
        self.foot.reason.textEdited.connect(self._draft.touched)
        self._draft.found.connect(self._found_draft)
        self._desk.feed.on(EntryChanged, self._changed_elsewhere)

    def _blank(self) -> Content:
        return Content(text="", marking=Marking(self._desk.node.info.marking))

    # Beginning

    def qualify(self, entry: Entry) -> None:
        """Assess a published entry; each change is kept at once."""
        if self.mode == "qualify" and self.entry and self.entry.uid == entry.uid:
            self._show_newer(entry)
            return
        self._begin("qualify", entry, entry.content)

    def correct(self, entry: Entry) -> None:
        """Say it again, rightly, with the reason."""
        self._begin("correct", entry, entry.content)

    def _correct_this(self) -> None:
        if self.entry is not None:
            self.correct(self.entry)

    def complete(self, entry: Entry) -> None:
        """Write what is known since."""
        old = entry.content
        content = msgspec.structs.replace(
            self._blank(), parent=entry.uid, tags=old.tags, gravity=old.gravity,
            place=old.place, lon=old.lon, lat=old.lat, commune=old.commune,
            geo_precision=old.geo_precision, marking=old.marking,
        )  # fmt: skip
        self._begin("complete", entry, content)

    def new(self, asked: Prefill | None = None, content: Content | None = None) -> None:
        """A new entry, with what is already known of it."""
        asked = asked or Prefill()
        content = content or self._blank()
        if asked.text or asked.place:
            content = msgspec.structs.replace(content, text=asked.text, place=asked.place)
        self._begin("new", None, content)
        if asked.lon is not None and asked.lat is not None:
            self.form.place.take_point(asked.lon, asked.lat)
        if asked.files:
            self.form.attachments.strip.take(Incoming(files=asked.files))

    def _begin(
        self, mode: Mode, entry: Entry | None, content: Content, *, drafts: bool = True
    ) -> None:
        self.saver.watch(entry.uid if entry and mode == "qualify" else "")
        self.mode, self.entry, self.content = mode, entry, content
        qualifying = mode == "qualify"
        void = entry is not None and entry.lifecycle is Lifecycle.VOID
        may = self._desk.node.who.may_write
        self.form.setEnabled(may and not (qualifying and void))
        self.form.lock_given(content if qualifying else None)
        self.form.attachments.published(
            entry.content if entry and mode in {"qualify", "correct"} else None
        )
        self.form.start(content)
        if entry is not None:
            self.form.show_assessment(entry)
        self.form.text_box.setVisible(not qualifying)
        self.form.qualification_box.setVisible(qualifying)
        self.head.begin(mode, entry, zone_of(self._desk))
        self.foot.begin(mode)
        self.status.clear()
        self.offer.hide()
        self._draft.begin(mode, entry, look=drafts)
        if not may:
            self.status.told(_("Ce poste lit la main courante sans y écrire."))
        elif void and qualifying:
            self.status.told(_("Cette entrée est annulée : complétez-la ou écrivez-en une autre."))

    @property
    def begun(self) -> bool:
        """Whether something waits to be published."""
        if self.mode == "correct" and self.entry is not None:
            return self.content != self.entry.content
        return self.mode != "qualify" and bool(self.content.text.strip())

    def focus_first(self) -> None:
        """Take the keyboard where work begins."""
        first = self.form.nature if self.mode == "qualify" else self.form.text
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Changes

    def _field_changed(self, box: FieldBox, values: dict[str, Any]) -> None:
        try:
            self.content = merged(self.content, values)
        except msgspec.ValidationError as error:
            box.trouble(_("Valeur refusée : {why}.").format(why=error))
            return
        box.trouble("")
        if self.mode == "qualify":
            self.saver.add(values)
        else:
            self._draft.touched()

    def _saved(self, entry: Entry, names: tuple[str, ...]) -> None:
        if self.entry is None or entry.uid != self.entry.uid:
            return
        for box in self.form.boxes_of(names):
            box.saved()
        self._show_newer(entry)

    def _refused(self, names: tuple[str, ...], sentence: str) -> None:
        for box in self.form.boxes_of(names):
            box.trouble(sentence)
            self.form.bring(box)

    def _changed_elsewhere(self, change: EntryChanged) -> None:
        if not isValid(self):
            return
        if self.mode == "qualify" and self.entry and change.entry.uid == self.entry.uid:
            self._show_newer(change.entry)
        elif self.mode == "correct" and self.entry and change.entry.uid == self.entry.uid:
            self._correct_newer(change.entry)

    def _correct_newer(self, entry: Entry) -> None:
        """Somebody changed what is being corrected: their changes stay, mine are put on top."""
        if self.entry is None or not self.foot.finish.isEnabled():
            return  # my own correction comes back
        content = rebased(self.content, self.entry.content, entry.content)
        self.entry = entry
        if content != self.content:
            self.content = content
            self.form.show_content(content)
            self.status.told(
                _("Un autre poste vient de modifier cette entrée : relisez avant de corriger.")
            )

    def _show_newer(self, entry: Entry) -> None:
        """Show the entry as it now stands, except where somebody is typing."""
        self.entry = entry
        pending = self.saver.pending
        troubled = {n for b in self.form.boxes if b.trouble_text for n in b.field.names}
        self.content = entry.content
        self.form.lock_given(entry.content)
        self.form.show_content(entry.content, but=pending | troubled)
        self.form.show_assessment(entry)
        self.head.begin(self.mode, entry, zone_of(self._desk))

    # Finishing

    def finish(self) -> None:
        """Publish, or keep the correction; nothing that was typed is left out in silence."""
        if (box := self.form.settle()) is not None:
            self.form.bring(box)
            box.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.mode == "qualify":
            self.leave()
            return
        if self.form.attachments.strip.busy:
            self.status.wrong(_("Une pièce est encore en cours d’ajout : attendez un instant."))
            return
        self.foot.finish.setEnabled(False)
        if self.mode == "correct" and self.entry is not None:
            change = Correction(
                uid=self.entry.uid,
                content=self.content,
                reason=self.reason(),
                draft=self._draft.uid,
            )
            self._publisher.correct(change, self._finished, self._failed)
            return
        order = Order(uid=self._draft.uid, content=self.content)
        self._publisher.publish(order, self._finished, self._failed)

    def _finished(self, entry: Entry) -> None:
        corrected = self.mode == "correct"
        said = _("{label} corrigée") if corrected else _("{label} enregistrée")
        self._draft.hand_over()
        self._begin("new", None, self._blank(), drafts=False)
        self._desk.shared.preview_changed.emit(None)
        see = partial(self._desk.shared.open, entry.uid)
        self.status.kept(said.format(label=entry.label), _("Voir"), see)
        self.published.emit(entry)
        self.closed.emit()

    def _failed(self, error: BaseException) -> None:
        self.foot.finish.setEnabled(True)
        if not isinstance(error, BeffroiError):
            self.status.wrong(_("L’enregistrement a échoué : votre texte est conservé, réessayez."))
            raise error
        self.status.wrong(str(error))
        if self.mode == "correct" and not self.foot.reason.text().strip():
            self.foot.reason.setFocus()

    def cancel(self) -> None:
        """Give up what was being written; it can be taken up again while the notice shows."""
        if self.begun:
            again = partial(self._take_up, self.mode, self.entry, self.content, self.reason())
            self._desk.notices.info(_("Abandonné : rien n’est publié."), (_("Reprendre"), again))
        self._draft.forget()
        self._begin("new", None, self._blank(), drafts=False)
        self._desk.shared.preview_changed.emit(None)
        self.closed.emit()

    def _take_up(self, mode: Mode, entry: Entry | None, content: Content, reason: str) -> None:
        self._begin(mode, entry, content, drafts=False)
        self.foot.reason.setText(reason)
        self._draft.touched()
        self.taken_up.emit()

    # Drafts

    @override
    def put_away(self) -> None:
        """Save what changed, keep what was begun."""
        self.form.settle()
        self.saver.flush()
        self._draft.save_soon()

    def reason(self) -> str:
        """Why the entry is corrected."""
        return self.foot.reason.text()

    def _found_draft(self, draft: Draft) -> None:
        begun = self.content.text.strip()
        told = self.entry.content.text if self.mode == "correct" and self.entry else ""
        if begun != told:
            return
        self._draft.resume(draft)
        self.content = msgspec.convert(draft.payload["content"], Content)
        self.form.start(self.content)
        self.foot.reason.setText(str(draft.payload.get("reason") or ""))
        self.status.told(found_words(self._desk, draft), _("Effacer"), self.cancel)
        self.recovered.emit()
