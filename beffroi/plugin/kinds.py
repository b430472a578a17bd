"""What bytes are at first sight, whatever their name says; decides which plugins are asked."""

import re
import zlib
from collections.abc import Iterator
from typing import Literal

from beffroi.plugin.encodings import decoded, is_text
from beffroi.plugin.limits import MAX_BYTES, MAX_RATIO, MEGA, RATIO_FREE
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

Kind = Literal[
    "xml",
    "html",
    "json",
    "jsonl",
    "zip",
    "sqlite",
    "text",
    "image",
    "pdf",
    "ole",
    "binary",
    "empty",
]
_FALSE_MARK = re.compile(rb"(?:\xff\xfe|\xfe\xff)<[^\x00]")
"""A mark of UTF-16 before a document that is not in UTF-16: some servers do that."""
_GZIP = b"\x1f\x8b\x08"
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\xd0\xcf\x11\xe0", "ole"),
)
_HEAD = 65_536
_PIECE = MEGA
_MOST_MEMBERS = 1_000


def kind_of(data: bytes) -> Kind:
    """What these bytes are at first sight."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if not data.strip():
        return "empty"
    if not is_text(data):
        return "binary"
    head = decoded(data[:_HEAD])[0].lstrip("\ufeff\x1e \t\r\n")
    if head.startswith("<"):
        return "html" if head[:15].lower().startswith(("<!doctype html", "<html")) else "xml"
    if head.startswith(("{", "[")):
        return "jsonl" if _one_per_line(head) else "json"
    return "text"


def _one_per_line(head: str) -> bool:
    """Whether a document ends with its first line, and another begins on the next one."""
    first, _newline, rest = head.partition("\n")
    first = first.strip()
    ended = first.startswith("{") and first.endswith("}") and first.count("{") == first.count("}")
    return ended and rest.lstrip("\x1e \t\r\n").startswith(("{", "["))


def opened(data: bytes) -> bytes:
    """The content of a gzip file, the bytes themselves otherwise.

    Raises:
        Unreadable: it is damaged, too big, or blown up on purpose.
    """
    if not data.startswith(_GZIP):
        if len(data) > MAX_BYTES:
            raise too_big()
        return data[2:] if _FALSE_MARK.match(data) else data
    most = min(MAX_BYTES, max(RATIO_FREE, len(data) * MAX_RATIO))
    try:
        if sum(map(len, _unpacked(data, most))) > most:
            raise too_big()
        return b"".join(_unpacked(data, most))
    except zlib.error as error:
        raise _damaged() from error


def _unpacked(data: bytes, most: int) -> Iterator[bytes]:
    """The content of all members, piece by piece, until it is more than `most`.

    Counted first and kept only then: a bomb must not fill the memory before it is known as one.
    """
    done = 0
    rest = data
    for _member in range(_MOST_MEMBERS):
        opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        fed = rest
        while not opener.eof and done <= most:
            piece = opener.decompress(fed, _PIECE)
            if not piece and not opener.unconsumed_tail and not opener.eof:
                raise _damaged()
            done += len(piece)
            fed = opener.unconsumed_tail
            yield piece
        rest = opener.unused_data
        if done > most or not rest.startswith(_GZIP):
            return
    raise too_big()


def _damaged() -> Unreadable:
    return Unreadable(_("Cette archive est abîmée\u00a0: demandez-la de nouveau à son expéditeur."))


def too_big() -> Unreadable:
    """The refusal of what is larger than anything that is read."""
    return Unreadable(
        _(
            "Ce contenu dépasse {limit}\u00a0Mo une fois ouvert\u00a0: découpez-le avant de l’ajouter."
        ).format(limit=MAX_BYTES // MEGA)
    )
