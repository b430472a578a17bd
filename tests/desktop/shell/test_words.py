"""French is the source, English is complete, and Qt itself speaks the language chosen."""

import importlib.util
import re
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from beffroi import resources, text
from desktop.shell.words import fall_silent, speak

_spec = importlib.util.spec_from_file_location(
    "i18n", resources.root().parent / "tools" / "i18n.py"
)
assert _spec is not None
assert _spec.loader is not None
i18n: ModuleType = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(i18n)

Words = str | tuple[str, ...]


def parts(words: Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_every_word_has_its_english() -> None:
    assert [message.id for message in i18n.missing(i18n.english(), i18n.extracted())] == []


def test_no_english_is_left_of_words_that_are_gone() -> None:
    known = {parts(message.id)[0] for message in i18n.extracted() if message.id}
    kept = {parts(message.id)[0] for message in i18n.english() if message.id}
    assert kept - known == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    wrong = []
    for message in i18n.english():
        if message.id:
            french, english = parts(message.id)[-1], parts(message.string)[-1]
            holes = [sorted(re.findall(r"\{[^}]*\}", said)) for said in (french, english)]
            if holes[0] != holes[1]:
                wrong.append(french)
    assert wrong == []


def test_french_words_use_french_typography() -> None:
    """A typographic apostrophe, and no plain blank before a double punctuation mark."""
    wrong = [
        said
        for message in i18n.extracted()
        for said in parts(message.id or "")
        if re.search(r"\w'\w|(?<! ) [;!?»]|« |\w :(?!\d)", said)
    ]
    assert wrong == []


@pytest.mark.parametrize(("language", "cancel"), [("fr", "Annuler"), ("en", "Cancel")])
def test_qt_speaks_the_language_chosen(qapp: QApplication, language: str, cancel: str) -> None:
    before = QLocale()
    translator = speak(language, qapp)
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel
        assert QLocale().language().name[:2].lower() == language
        assert text.language() == language
    finally:
        fall_silent(translator, qapp)
        QLocale.setDefault(before)


def test_the_english_catalogue_is_compiled_and_spoken(qapp: QApplication) -> None:
    i18n.compile_()
    before = QLocale()
    translator = speak("en", qapp)
    fall_silent(translator, qapp)
    QLocale.setDefault(before)
    assert text._("Quitter") == "Quit"
    assert text.ngettext("{n} entrée", "{n} entrées", 0) == "{n} entries"
    text.use("fr", resources.root() / "locale")
    assert text.ngettext("{n} entrée", "{n} entrées", 0) == "{n} entrée"


def test_the_docking_library_speaks_french(qapp: QApplication) -> None:
    before = QLocale()
    translator = speak("fr", qapp)
    said = QCoreApplication.translate("ads::CDockAreaTitleBar", "Detach Group")
    fall_silent(translator, qapp)
    QLocale.setDefault(before)
    assert said == "Détacher le groupe (autre écran)"
