"""The plain fields: tags, who said it, by what means, for whom, key event, marking, assessment."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from typing_extensions import override

from beffroi.logbook.entry import (
    CHANNEL_WORDS,
    MARKING_WORDS,
    QUALIFICATION_WORDS,
    Channel,
    Content,
    Marking,
    Qualification,
)
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.tag_look import code_of
from desktop.logbook.writing.chips import ChipField
from desktop.logbook.writing.choices import Segments
from desktop.logbook.writing.field import Field, alone, small_label
from desktop.logbook.writing.lookups import Lookups, plain_face, tag_face
from desktop.logbook.writing.typeahead import Lookup, TypeAheadLine


class TagsField(Field):
    """The thematic tags that qualify the entry."""

    names: ClassVar[tuple[str, ...]] = ("tags",)

    def __init__(self, theme: Theme, lookups: Lookups) -> None:
        super().__init__()
        self.chips = ChipField(
            theme, lookups.tags, tag_face, placeholder=_("Ajouter une étiquette"), meant=code_of
        )
        self.chips.changed.connect(lambda: self.changed.emit({"tags": list(self.chips.values)}))
        alone(self, self.chips)

    @override
    def settle(self) -> str:
        return self.chips.settle(
            _("« {words} » n’est pas une étiquette : choisissez-en une, ou effacez ce mot.")
        )

    @override
    def show_content(self, content: Content) -> None:
        self.chips.show_values(content.tags)

    @property
    @override
    def typing(self) -> bool:
        return self.chips.typing


class RecipientsField(Field):
    """Posts that must act, or that are told."""

    def __init__(self, theme: Theme, lookups: Lookups, name: str) -> None:
        super().__init__()
        self.name = name
        self.chips = ChipField(
            theme, lookups.posts, plain_face, placeholder=_("Ajouter un poste"), meant=str
        )
        self.chips.changed.connect(lambda: self.changed.emit({self.name: list(self.chips.values)}))
        alone(self, self.chips)

    @override
    def settle(self) -> str:
        return self.chips.settle("")

    @override
    def show_content(self, content: Content) -> None:
        self.chips.show_values(getattr(content, self.name))

    @property
    @override
    def typing(self) -> bool:
        return self.chips.typing


class WordsField(Field):
    """One line of words, told when the person leaves it."""

    def __init__(
        self, theme: Theme, name: str, placeholder: str, lookup: Lookup | None = None
    ) -> None:
        super().__init__()
        self.name = name
        self._shown = ""
        self.line: QLineEdit
        if lookup is None:
            self.line = QLineEdit(self)
        else:
            line = TypeAheadLine(theme, lookup, self, free=True)
            line.picked.connect(lambda said: self._take(str(said.value)))
            line.entered.connect(self._take)
            self.line = line
        self.line.setPlaceholderText(placeholder)
        self.line.editingFinished.connect(lambda: self._take(self.line.text()))
        alone(self, self.line)

    @override
    def show_content(self, content: Content) -> None:
        self._shown = str(getattr(content, self.name))
        self.line.setText(self._shown)

    @property
    @override
    def typing(self) -> bool:
        return self.line.hasFocus() and self.line.text() != self._shown

    @override
    def settle(self) -> str:
        self._take(self.line.text())
        return ""

    def _take(self, words: str) -> None:
        words = words.strip()
        self.line.setText(words)
        if words != self._shown:
            self._shown = words
            self.changed.emit({self.name: words})


class ChannelField(Field):
    """By what means the information came."""

    names: ClassVar[tuple[str, ...]] = ("channel",)

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox(self)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(6)
        for channel, word in CHANNEL_WORDS.items():
            self.box.addItem(_(word), channel.value)
        self.box.activated.connect(lambda: self.changed.emit({"channel": self.box.currentData()}))
        alone(self, self.box)

    @override
    def show_content(self, content: Content) -> None:
        self.box.setCurrentIndex(list(Channel).index(content.channel))


class KeyEventField(Field):
    """Whether the authorities will want to read it: ★."""

    names: ClassVar[tuple[str, ...]] = ("key_event",)

    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox(_("★ Fait marquant"), self)
        self.box.clicked.connect(lambda on: self.changed.emit({"key_event": bool(on)}))
        alone(self, self.box)

    @override
    def show_content(self, content: Content) -> None:
        self.box.setChecked(content.key_event)


class MarkingField(Field):
    """The protection marking; a published one is only ever raised here."""

    names: ClassVar[tuple[str, ...]] = ("marking",)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words = {m.value: m.value.replace("_", "-") for m in Marking}
        tips: dict[str, str] = {m.value: w for m, w in MARKING_WORDS.items()}
        self.segments = Segments(theme, words, small=True, tips=tips)
        self.segments.picked.connect(self._picked)
        self._said = small_label()
        alone(self, self.segments, self._said)

    @override
    def show_content(self, content: Content) -> None:
        self.segments.choose(content.marking.value)
        self._said.setText(_(MARKING_WORDS[content.marking]))

    def _picked(self, value: str) -> None:
        self._said.setText(_(MARKING_WORDS[Marking(value)]))
        self.changed.emit({"marking": value})

    def never_below(self, floor: Marking | None) -> None:
        """Forbid the markings under `floor`."""
        order = list(Marking)
        why = _("La mention ne s’abaisse que par « Corriger », avec un motif.")
        for marking in order:
            low = floor is not None and order.index(marking) < order.index(floor)
            self.segments.allow(marking.value, allowed=not low, why=why)


class QualificationField(Field):
    """How far the information has been assessed."""

    assessed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words: dict[str, str] = {q.value: w for q, w in QUALIFICATION_WORDS.items()}
        self.segments = Segments(theme, words, small=True)
        self.segments.picked.connect(self.assessed)
        alone(self, self.segments)

    def show_qualification(self, qualification: Qualification) -> None:
        """Show how far the entry was assessed."""
        self.segments.choose(qualification.value)

    @override
    def show_content(self, content: Content) -> None:
        """The assessment is not part of the content."""
