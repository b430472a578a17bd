"""Several named contents inside one sealed stream: keys, the database, attachments, what was counted."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from hub.backup.sealed import PIECE, SealedReader, SealedWriter, unreadable

_MAX_NAME = 1_000
END = ""


def put(writer: SealedWriter, name: str, pieces: Iterable[bytes]) -> int:
    """Add a content under its name; how many bytes it had."""
    label = msgspec.json.encode(name)
    writer.write(len(label).to_bytes(4, "big") + label)
    total = 0
    for piece in pieces:
        for start in range(0, len(piece), PIECE):
            part = piece[start : start + PIECE]
            writer.write(len(part).to_bytes(4, "big") + part)
            total += len(part)
    writer.write((0).to_bytes(4, "big"))
    return total


def finish(writer: SealedWriter) -> None:
    """There is no more."""
    label = msgspec.json.encode(END)
    writer.write(len(label).to_bytes(4, "big") + label)
    writer.close()


def each(reader: SealedReader) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each content with its name, in order; a content must be read before the next is asked for.

    Raises:
        BeffroiError: the stream is not what `put` wrote.
    """
    while name := _name(reader):
        yield name, _parts(reader)
    reader.finish()


def whole(parts: Iterator[bytes], limit: int = 10_000_000) -> bytes:
    """All of a small content."""
    found = bytearray()
    for part in parts:
        found += part
        if len(found) > limit:
            raise unreadable()
    return bytes(found)


def poured(parts: Iterator[bytes], into: Callable[[bytes], object]) -> None:
    """All of a content, piece by piece."""
    for part in parts:
        into(part)


def _name(reader: SealedReader) -> str:
    size = int.from_bytes(reader.read(4), "big")
    if size > _MAX_NAME:
        raise unreadable()
    try:
        return msgspec.json.decode(reader.read(size), type=str)
    except (ValueError, msgspec.DecodeError) as error:
        raise unreadable() from error


def _parts(reader: SealedReader) -> Iterator[bytes]:
    while size := int.from_bytes(reader.read(4), "big"):
        if size > PIECE:
            raise unreadable()
        yield reader.read(size)
