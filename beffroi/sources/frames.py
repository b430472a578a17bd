"""Messages between Beffroi and the process that reads strangers' bytes: length, then msgpack."""

import struct
from typing import IO

import msgspec

from beffroi.plugin import Options
from beffroi.sources.understood import Understood

_LENGTH = struct.Struct("<Q")
LONGEST = 1 << 31


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag="ask"):
    """Read this: bytes, or the file of a path."""

    data: bytes = b""
    path: str = ""
    name: str = ""
    media_type: str = ""
    received: int = 0
    zone: str = "Europe/Paris"
    format: str = ""
    options: Options = {}
    memory: int = 0
    language: str = "fr"


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """All is loaded; the reading itself begins now."""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """What was understood."""

    understood: Understood


class Refusal(msgspec.Struct, frozen=True, kw_only=True, tag="refusal"):
    """Why nothing was: one sentence; and for the log, what went wrong in the code when it did."""

    sentence: str
    detail: str = ""


Answer = Begun | Done | Refusal
_encoder = msgspec.msgpack.Encoder()
_asks = msgspec.msgpack.Decoder(Ask)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Begun | Done | Refusal)


def send(stream: IO[bytes], message: Ask | Answer) -> None:
    """Write one message."""
    data = _encoder.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def next_ask(stream: IO[bytes]) -> Ask | None:
    """The next thing to read; None when nobody asks any more."""
    data = _next(stream)
    return _asks.decode(data) if data else None


def next_answer(stream: IO[bytes]) -> Answer | None:
    """The next answer; None when the reader is gone."""
    data = _next(stream)
    return _answers.decode(data) if data else None


def _next(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        return b""
    data = stream.read(length)
    return data if len(data) == length else b""
