"""The chips under the line: each thing that was understood, and a cross to say no."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from beffroi.logbook.entry import GRAVITY_WORDS, NATURE_WORDS, Nature
from beffroi.logbook.hints import Hint, HintKind
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.logbook.tag_look import look
from desktop.logbook.writing.chips import Chip
from desktop.logbook.writing.grading_grid import in_words
from desktop.logbook.writing.place import NOWHERE, PlaceChoice
from desktop.logbook.writing.quick_line import QuickLine
from desktop.logbook.writing.time_field import in_words as moment_in_words

PINNED = "pinned"
Face = tuple[str, str, str, str, bool]
"""Words, icon, colour, explanation, and whether something is wrong."""


class HintChips(FlowBox):
    """Nothing is kept of a line that does not show here first."""

    dismissed = Signal(object)
    """A `Hint` the person said no to."""
    unpinned = Signal()

    def __init__(self, desk: Desk, line: QuickLine) -> None:
        super().__init__(gap=desk.theme.px(5))
        self._desk, self._line = desk, line
        self._shown: tuple[object, ...] = ()
        self._found: tuple[Hint, ...] = ()
        self.texts: tuple[str, ...] = ()
        self.hide()
        desk.theme.changed.connect(self._again)

    def show_hints(self, found: Sequence[Hint], caret: int = -1) -> None:
        """Show what was understood; a word still being typed at `caret` is not told wrong."""
        self._found = tuple(found)
        faces = [(hint, self._face(hint)) for hint in found]
        faces = [
            (hint, face) for hint, face in faces if face is None or not face[4] or hint.end != caret
        ]
        pinned = self._line.pinned
        state = (*((hint.kind, hint.value, face) for hint, face in faces), pinned)
        if state == self._shown:
            return
        self._shown = state
        self.clear()
        texts = []
        for hint, face in faces:
            if face is not None:
                self._add(face, hint)
                texts.append(face[0])
        if pinned != NOWHERE:
            self._add((pinned.name, "map-pin", "", pinned.in_words, False), None)
            texts.append(pinned.name)
        self.texts = tuple(texts)
        self.setVisible(bool(texts))
        self.updateGeometry()

    def _again(self) -> None:
        """The look changed: draw the same chips afresh."""
        self._shown = ()
        self.show_hints(self._found)

    def _add(self, face: Face, hint: Hint | None) -> None:
        text, icon, colour, tip, wrong = face
        chip = Chip(self._desk.theme, PINNED, text, icon=icon, colour=colour, tip=tip, wrong=wrong)
        if hint is None:
            chip.removed.connect(lambda _key: self.unpinned.emit())
        else:
            chip.removed.connect(lambda _key, h=hint: self.dismissed.emit(h))
        self.flow.addWidget(chip)
        chip.show()

    def _face(self, hint: Hint) -> Face | None:
        match hint.kind:
            case HintKind.TIME if hint.when is not None:
                words = moment_in_words(hint.when, self._line.zone)
                return words, "clock", "", _("Heure des faits"), False
            case HintKind.GRAVITY:
                word = _(GRAVITY_WORDS[int(hint.value)])
                text = _("Gravité {n} {word}").format(n=hint.value, word=word)
                return text, "alert-triangle", "", "", False
            case HintKind.GRADE:
                return self._grade(hint)
            case HintKind.TAG:
                return self._tag(hint)
            case HintKind.KEY:
                return _("Fait marquant"), "star-filled", "", "", False
            case HintKind.NATURE:
                word = _(NATURE_WORDS[Nature(hint.value)])
                return word, "message-2", "", _("Nature de l’entrée"), False
            case _:
                return self._place(hint)

    @staticmethod
    def _grade(hint: Hint) -> Face:
        grade, credibility = hint.value[0], int(hint.value[1])
        said = in_words(grade, credibility)
        if credibility == 1 and "/" not in hint.value:
            why = _("{grade} : ajoutez l’entrée qui corrobore, ainsi : {grade}/123").format(
                grade=f"{grade}1"
            )
            return why, "shield-check", "", said, True
        return _("Cotation {grade}").format(grade=hint.value), "shield-check", "", said, False

    def _tag(self, hint: Hint) -> Face:
        code = self._line.tag_code(hint.value)
        if not code:
            text = _("#{word} : étiquette inconnue").format(word=hint.value)
            return text, "tag", "", _("Elle reste un mot du texte."), True
        said = look(code)
        return said.word, "", said.ink(dark=self._desk.theme.dark), _("Étiquette"), False

    def _place(self, hint: Hint) -> Face | None:
        if self._line.pinned != NOWHERE:
            return None
        choice: PlaceChoice | None = self._line.places.get(hint.value)
        if choice is None and hint.value not in self._line.unknown:
            return f"@{hint.value}…", "map-pin", "", _("Recherche du lieu"), False
        if choice is None:
            text = _("@{word} : lieu inconnu").format(word=hint.value)
            return text, "map-pin", "", _("Il reste un mot du texte."), True
        return choice.full_name, "map-pin", "", choice.in_words, False
