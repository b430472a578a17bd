"""Bytes to be recognised and read, with what is known of them; parsed once, within limits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from beffroi.plugin import json as json_view
from beffroi.plugin import xml as xml_view
from beffroi.plugin.archive import Archive
from beffroi.plugin.book import Book
from beffroi.plugin.encodings import decoded
from beffroi.plugin.kinds import Kind, kind_of, opened
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

DAMAGED = "damaged"
"""The note of a badly formed document that was read as far as it goes."""


@dataclass(kw_only=True)
class Sample:
    """One delivery.  `path` is a copy on the disk for libraries that want a file (same bytes).

    Nothing of it may be trusted: its name and media type are what somebody said.  Each view is
    made once, when it is asked for; those that cannot be made raise Unreadable, except where
    they say that they never fail.
    """

    data: bytes
    name: str = ""
    media_type: str = ""
    path: Path | None = None
    received: int = 0
    """UTC ms, for times that the bytes do not tell."""
    zone: str = "Europe/Paris"
    """The zone of hours that name none."""
    nested: int = 0
    """How many archives it was taken out of."""
    notes: dict[str, Any] = field(default_factory=dict[str, Any])
    """What was noticed on the way (`DAMAGED`), for the reader; shared with the files of an archive."""

    @cached_property
    def suffix(self) -> str:
        """The extension of the name, lower case, with its dot; that before `.gz` when there is one."""
        name = PurePosixPath(self.name.lower().replace("\\", "/").split("?")[0])
        return name.with_suffix("").suffix if name.suffix == ".gz" else name.suffix

    @cached_property
    def content(self) -> bytes:
        """The bytes themselves, or what a gzip file holds."""
        return opened(self.data)

    @cached_property
    def kind(self) -> Kind:
        """What the content is at first sight."""
        return kind_of(self.content)

    @cached_property
    def _words(self) -> tuple[str, str]:
        return decoded(self.content, self._charset)

    @property
    def _charset(self) -> str:
        """The encoding that the document, or else its sender, says it is in."""
        _before, _found, said = self.media_type.lower().partition("charset=")
        return xml_view.declared_encoding(self.content) or said.split(";")[0].strip(" \"'")

    @property
    def text(self) -> str:
        """The content as words; never fails."""
        return self._words[0]

    @property
    def encoding(self) -> str:
        """The encoding that `text` was read in; never fails."""
        return self._words[1]

    @cached_property
    def head(self) -> str:
        """The first 4,096 bytes as words, for those who only have a look; never fails."""
        return decoded(self.content[:4096], self._charset)[0].lstrip("\ufeff\x1e \t\r\n")

    @cached_property
    def root(self) -> xml_view.Root:
        """The first tag of an XML document, from its beginning alone; never fails."""
        return xml_view.root_of(self.content) if self.kind == "xml" else xml_view.Root()

    @cached_property
    def xml(self) -> xml_view.Element:
        """The root element of an XML document, well formed."""
        return xml_view.parsed(self.content)

    @cached_property
    def xml_recovered(self) -> xml_view.Element:
        """The root element, of a badly formed document too: what could be taken of it."""
        try:
            return self.xml
        except Unreadable:
            found = xml_view.parsed(self.content, recover=True)
            self.notes[DAMAGED] = True
            return found

    @cached_property
    def json(self) -> Any:
        """The JSON document."""
        return json_view.parsed(self.content, self.text)

    def json_lines(self, book: Book) -> Iterator[tuple[int, Any]]:
        """The JSON documents written one per line, with their line numbers."""
        return json_view.lines(self.text, book)

    @cached_property
    def lines(self) -> list[str]:
        """The words, line by line; never fails."""
        return self.text.lstrip("\ufeff").splitlines()

    @cached_property
    def archive(self) -> Archive:
        """The members of a ZIP file."""
        return Archive(self.content)

    def member(self, name: str) -> "Sample":
        """A file of the archive, as a sample of its own; archives in archives are opened once."""
        if self.nested >= 2:
            raise Unreadable(
                _(
                    "Archive dans une archive dans une archive\u00a0: sortez le fichier et recommencez."
                )
            )
        return Sample(
            data=self.archive.read(name), name=name, received=self.received, zone=self.zone,
            nested=self.nested + 1, notes=self.notes,
        )  # fmt: skip
