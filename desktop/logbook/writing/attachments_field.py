"""The attachments of the entry, as a field of the form."""

from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from beffroi.logbook.entry import Content
from desktop.api import Desk
from desktop.logbook.writing.field import Field, alone
from desktop.logbook.writing.strip import AttachmentStrip


class AttachmentsField(Field):
    """What is joined to the entry; what was published with it stays."""

    names: ClassVar[tuple[str, ...]] = ("attachments",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.strip = AttachmentStrip(desk)
        self.strip.changed.connect(self._told)
        self._published = Content(text="").attachments
        alone(self, self.strip)

    @override
    def show_content(self, content: Content) -> None:
        kept = tuple(ref for ref in self._published if ref in content.attachments)
        self.strip.show_refs(content.attachments, fixed=kept)

    def published(self, content: Content | None) -> None:
        """What is in the journal already and cannot be taken out."""
        self._published = () if content is None else content.attachments

    @property
    @override
    def typing(self) -> bool:
        return self.strip.busy

    def _told(self) -> None:
        refs: Any = msgspec.to_builtins(self.strip.refs)
        self.changed.emit({"attachments": refs})
