"""Installs the user's language into Qt. UI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from . import i18n

LANGUAGES = ("zh_CN", "en", "pseudo")


class Translator(QTranslator):
    """Answers from the .ts file; the Chinese source itself where there is no translation."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._pseudo = language == "pseudo"
        self._texts = i18n.read()
        self._any = {source: text for (_, source), text in self._texts.items()}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        # A subclass's tr() asks with the subclass's own context; the text may stand under its base class.
        text = self._texts.get((context, source)) or self._any.get(source, "")
        # An empty answer would be shown as such: Qt takes only a null string for no translation.
        return i18n.pseudo(source, text) if self._pseudo else text or source


def install(app: QCoreApplication, language: str) -> QTranslator:
    """Makes a language the application's; the caller keeps the result and removes it before another."""
    translator = Translator(language) if language != "zh_CN" else QTranslator()
    if language == "zh_CN":  # our own words are Chinese already; those of file and print dialogs are Qt's
        translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    return translator
