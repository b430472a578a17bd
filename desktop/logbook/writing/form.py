"""All the fields of an entry, laid out for a narrow dock."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.logbook.entry import Content, Entry
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.writing.attachments_field import AttachmentsField
from desktop.logbook.writing.caveats_field import CaveatsField
from desktop.logbook.writing.choices import NatureField
from desktop.logbook.writing.field import Field, FieldBox
from desktop.logbook.writing.grading import GradingField
from desktop.logbook.writing.gravity import GravityField
from desktop.logbook.writing.impacts import ImpactsField
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.place_field import PlaceField
from desktop.logbook.writing.simple_fields import (
    ChannelField,
    KeyEventField,
    MarkingField,
    QualificationField,
    RecipientsField,
    TagsField,
    WordsField,
)
from desktop.logbook.writing.text_field import TextField
from desktop.logbook.writing.time_field import EventTimeField, ReceivedField
from desktop.logbook.writing.zones import zone_of

NARROW = 270
"""Below this width two fields no longer stand side by side."""


class Form(QScrollArea):
    """The fields in the order an officer fills them; it knows nothing of saving."""

    changed = Signal(object, object)
    """The `FieldBox` that changed and its new values."""

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        super().__init__()
        self.boxes: list[FieldBox] = []
        self._pairs: list[QBoxLayout] = []
        self._theme = desk.theme
        self._make(desk, lookups)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._laid_out())
        self.grading.line.asked.connect(lambda: self.bring(self.grading))

    def _make(self, desk: Desk, lookups: Lookups) -> None:
        theme, zone, now = desk.theme, zone_of(desk), desk.node.clock.now
        self.text = TextField(desk, lookups)
        self.nature = NatureField(theme)
        self.tags = TagsField(theme, lookups)
        self.gravity = GravityField(theme)
        self.grading = GradingField(theme, lookups.entries, lookups.name_entry)
        self.impacts = ImpactsField(theme)
        self.event_time = EventTimeField(theme, now, zone)
        self.received = ReceivedField(theme, now, zone)
        self.place = PlaceField(desk, lookups)
        self.organisation = WordsField(
            theme, "organisation", _("SNCF, DGGN, préfecture…"), lookups.organisations
        )
        self.origin = WordsField(theme, "origin", _("Personne, téléphone"))
        self.channel = ChannelField()
        self.behalf = WordsField(theme, "on_behalf_of", _("Si vous écrivez pour un autre"))
        self.for_action = RecipientsField(theme, lookups, "for_action")
        self.for_info = RecipientsField(theme, lookups, "for_info")
        self.key_event = KeyEventField()
        self.marking = MarkingField(theme)
        self.caveats = CaveatsField(desk)
        self.qualification = QualificationField(theme)
        self.attachments = AttachmentsField(desk)

    def _laid_out(self) -> QWidget:
        inside = QWidget(self)
        inside.setProperty("surface", "clear")
        stack = QVBoxLayout(inside)
        px = self._theme.px
        stack.setContentsMargins(px(12), px(8), px(10), px(12))
        stack.setSpacing(px(12))
        self.text_box = self._box(_("Texte"), self.text)
        self.qualification_box = self._box(_("Qualification"), self.qualification)
        for item in (
            self.text_box,
            self.qualification_box,
            self._box(_("Nature"), self.nature),
            self._box(_("Étiquettes"), self.tags),
            self._box(_("Gravité"), self.gravity, hint=_("touches 0 à 4")),
            self._box(_("Cotation"), self.grading, hint=_("lettre, chiffre ou flèches")),
            self._box(_("Heure des faits"), self.event_time),
            self._box(_("Lieu"), self.place),
            self._box(_("Impacts"), self.impacts),
            self._beside(
                self._box(_("Organisation"), self.organisation),
                self._box(_("Origine"), self.origin),
            ),
            self._beside(
                self._box(_("Moyen"), self.channel), self._box(_("Au nom de"), self.behalf)
            ),
            self._box(_("Heure de réception"), self.received),
            self._box(_("Pour action"), self.for_action),
            self._box(_("Pour information"), self.for_info),
            self._box(_("Pièces jointes"), self.attachments),
            self._beside(
                self._box(_("Mention de protection"), self.marking),
                self._box(_("Restrictions"), self.caveats),
            ),
            self._box(_("Mise en avant"), self.key_event),
        ):
            if isinstance(item, QWidget):
                stack.addWidget(item)
            else:
                stack.addLayout(item)
        stack.addStretch(1)
        return inside

    def _box(self, label: str, field: Field, *, hint: str = "") -> FieldBox:
        box = FieldBox(self._theme, label, field, hint=hint)
        field.changed.connect(lambda values, b=box: self.changed.emit(b, values))
        self.boxes.append(box)
        return box

    def _beside(self, *boxes: FieldBox) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pairs.append(row)
        row.setSpacing(self._theme.px(10))
        for box in boxes:
            row.addWidget(box, 1)
        return row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < self._theme.px(NARROW)
        direction = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        super().resizeEvent(event)

    # What it shows

    def show_content(self, content: Content, *, but: frozenset[str] = frozenset()) -> None:
        """Show a content; fields being typed and those named in `but` keep what they show."""
        for box in self.boxes:
            if not box.field.typing and not but & set(names_of(box.field)):
                box.field.show_content(content)

    def start(self, content: Content) -> None:
        """Show another content altogether, from its top."""
        self.verticalScrollBar().setValue(0)
        for box in self.boxes:
            box.trouble("")
            box.field.show_content(content)

    def bring(self, widget: QWidget) -> None:
        """Bring a field, or what it says, into sight; its layout is settled first."""
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, self._theme.px(8)))

    def settle(self) -> FieldBox | None:
        """Keep what is still being typed; the first box that cannot says why, and is returned."""
        wrong = [box for box in self.boxes if box.settle()]
        return wrong[0] if wrong else None

    def lock_given(self, content: Content | None) -> None:
        """Forbid what only a correction may change; None forbids nothing."""
        self.event_time.lock(given=content is not None and content.event_time is not None)
        self.received.lock(given=content is not None and content.received_time is not None)
        self.place.lock(
            words=content is not None and bool(content.place),
            point=content is not None and content.lon is not None,
        )
        self.marking.never_below(None if content is None else content.marking)
        self.caveats.never_without(() if content is None else content.caveats)
        self.attachments.published(content)

    def show_assessment(self, entry: Entry) -> None:
        """Show how far a published entry was assessed."""
        self.qualification.show_qualification(entry.qualification)

    def boxes_of(self, names: tuple[str, ...]) -> Iterator[FieldBox]:
        """The boxes that hold these attributes; the assessment's when there are none."""
        if not names:
            yield self.qualification_box
        for box in self.boxes:
            if set(names) & set(names_of(box.field)):
                yield box


def names_of(field: Field) -> tuple[str, ...]:
    """The attributes a field fills."""
    return field.names or (
        (field.name,) if isinstance(field, (WordsField, RecipientsField)) else ()
    )
