"""Words shown to people.  French is the source language; English is a catalogue."""

import gettext as _gettext
from pathlib import Path

from typing_extensions import override as _override


class _FrenchSource(_gettext.NullTranslations):
    """Untranslated text is French, and French counts zero as singular."""

    @_override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


_catalogue: _gettext.NullTranslations = _FrenchSource()
_language = "fr"
_FRENCH_SIGNS = str.maketrans({",": "\u202f", ".": ","})


def use(language: str, locale_dir: Path) -> None:
    """Speak `language` from now on; call it once, before the first window."""
    global _catalogue, _language  # noqa: PLW0603
    _language = language[:2]
    if language.startswith("fr"):
        _catalogue = _FrenchSource()
    else:
        _catalogue = _gettext.translation("beffroi", locale_dir, [language], fallback=True)


def language() -> str:
    """The two-letter code of the language spoken now."""
    return _language


def _(message: str) -> str:
    """`message` in the language spoken now."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The right plural for `n`."""
    return _catalogue.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark `message` for extraction; translate it with `_` when it is shown."""
    return message


def number(value: float, digits: int = 0) -> str:
    """A number as it is read: « 12 345,6 » with thin spaces, in English "12,345.6"."""
    said = f"{value:,.{digits}f}"
    return said.translate(_FRENCH_SIGNS) if _language == "fr" else said


def distance(metres: float) -> str:
    """« 280 m », « 1,2 km », « 120 km »: one decimal between one and a hundred kilometres."""
    if metres < 999.5:
        return f"{number(metres)}\u00a0m"
    return f"{number(metres / 1000, 1 if metres < 99_950 else 0)}\u00a0km"


def printable(text: str) -> str:
    """`text` with a question mark for what is no character: a file's name may hold any bytes."""
    return text.encode(errors="replace").decode()
