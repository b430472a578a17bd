"""What is said, in the form: as many lines as needed, no flood."""

from typing import ClassVar

from typing_extensions import override

from beffroi.logbook.entry import Content
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.writing.capture_text import CaptureText
from desktop.logbook.writing.field import Field, alone
from desktop.logbook.writing.lookups import Lookups


class TextField(Field):
    """The words of the entry."""

    names: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        super().__init__()
        self.editor = CaptureText(desk, lookups, quick=False)
        self.editor.setPlaceholderText(_("Les faits, sans commentaire"))
        self.editor.textChanged.connect(self._told)
        self._shown = ""
        alone(self, self.editor)

    @override
    def show_content(self, content: Content) -> None:
        if content.text != self.editor.toPlainText().strip():
            self._shown = content.text
            self.editor.setPlainText(content.text)

    @property
    @override
    def typing(self) -> bool:
        return self.editor.hasFocus()

    def _told(self) -> None:
        text = self.editor.toPlainText()
        if text != self._shown:
            self._shown = text
            self.changed.emit({"text": text})
