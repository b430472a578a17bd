"""Speaks the person's language: our words through gettext, Qt's own through its translations."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from beffroi import resources, text
from desktop.shell.dock_words import DockWords


def speak(language: str, app: QApplication) -> QTranslator:
    """Speak `language` from now on; keep what is returned for as long as the application lives."""
    text.use(language, resources.root() / "locale")
    territory = QLocale.Country.France if language == "fr" else QLocale.Country.UnitedKingdom
    kind = QLocale.Language.French if language == "fr" else QLocale.Language.English
    QLocale.setDefault(QLocale(kind, territory))
    translator = QTranslator(app)
    if language == "fr":
        app.installTranslator(DockWords(translator))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
    return translator


def fall_silent(translator: QTranslator, app: QApplication) -> None:
    """Take back what `speak` installed."""
    for own in (translator, *translator.findChildren(QTranslator)):
        app.removeTranslator(own)
