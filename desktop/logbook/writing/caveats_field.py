"""Restrictions beside the marking: who, beyond it, may read the entry."""

from typing import ClassVar

from typing_extensions import override

from beffroi.access.buckets import NoBucket, checked_caveats
from beffroi.logbook.entry import Content
from beffroi.logbook.words import fold
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.caveats import caveat_word, offered_caveats
from desktop.logbook.writing.chips import ChipField
from desktop.logbook.writing.field import Field, alone, small_label
from desktop.logbook.writing.typeahead import Suggestion, at_once


class CaveatsField(Field):
    """Chips; those of a published entry only go by « Corriger », as the marking does."""

    names: ClassVar[tuple[str, ...]] = ("caveats",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fixed: tuple[str, ...] = ()
        self.chips = ChipField(
            desk.theme,
            at_once(self._offered),
            _face,
            placeholder=_("Ajouter une restriction"),
            meant=self._meant,
        )
        self.chips.changed.connect(self._chosen)
        self._said = small_label()
        alone(self, self.chips, self._said)

    def _codes(self) -> tuple[str, ...]:
        return offered_caveats(self._desk.link, self._desk.node.who.organisation)

    def _offered(self, words: str) -> list[Suggestion]:
        wanted = fold(words.strip())
        offered = (_face(code) for code in self._codes() if code not in self.chips.values)
        return [one for one in offered if wanted in fold(one.text) or wanted in fold(one.detail)]

    def _meant(self, words: str) -> str:
        wanted = fold(words)
        known = (code for code in self._codes() if wanted in (fold(code), fold(caveat_word(code))))
        code = next(known, words if words.startswith("ORG:") else wanted.upper())
        try:
            return checked_caveats((code,))[0]
        except NoBucket:
            return ""

    def _chosen(self) -> None:
        values = self.chips.values
        kept = tuple(dict.fromkeys((*self._fixed, *values)))
        if kept != values:
            self.chips.show_values(kept)
            self._said.setText(
                _("Une restriction publiée ne s’ôte que par «\u202fCorriger\u202f».")
            )
        else:
            self.changed.emit({"caveats": list(values)})

    def never_without(self, published: tuple[str, ...]) -> None:
        """Forbid to take these away here."""
        self._fixed = published

    @override
    def settle(self) -> str:
        return self.chips.settle(
            _(
                "«\u202f{words}\u202f» n’est pas une restriction\u00a0: prenez un mot en capitales, ou effacez-le."
            )
        )

    @override
    def show_content(self, content: Content) -> None:
        self.chips.show_values(content.caveats)
        self._said.clear()

    @property
    @override
    def typing(self) -> bool:
        return self.chips.typing


def _face(code: str) -> Suggestion:
    return Suggestion(text=caveat_word(code), detail=code, value=code)
