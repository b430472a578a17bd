"""Reads JSON that anybody may have written: bounded depth, any encoding, one or many documents."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from beffroi.plugin.book import Book
from beffroi.plugin.limits import MAX_DEPTH
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

_PIECE = 1 << 20
_BLANK = "\ufeff\x1e \t\r\n"
_OPEN, _CLOSED = b"[{", b"]}"
_OTHERS = bytes(set(range(256)) - set(_OPEN) - set(_CLOSED))
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[list(_OPEN)] = 1
_STEPS[list(_CLOSED)] = -1


def parsed(data: bytes, words: str = "") -> Any:
    """The document; `words` are the same bytes decoded, for those that are not UTF-8.

    NaN and the like become None: they are no JSON.

    Raises:
        Unreadable: it is no JSON, or deeper than any honest one.
    """
    if _seems_deep(data):
        raise _too_deep()
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return json.loads(
            (words or data.decode("utf-8", "replace")).strip(_BLANK),
            parse_constant=lambda _name: None,
        )
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise Unreadable(
            _(
                "Ce document JSON est incorrect ({where})\u00a0: demandez-le de nouveau à sa source."
            ).format(where=_where(error))
        ) from error


def lines(text: str, book: Book) -> Iterator[tuple[int, Any]]:
    """The documents written one per line, with their line numbers; bad lines go to the book."""
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip(_BLANK)
        if not said:
            continue
        try:
            yield number, parsed(said.encode("utf-8", "replace"))
        except Unreadable:
            book.note(_("ligne {n}").format(n=number), _("ligne qui n’est pas du JSON"))


def _seems_deep(data: bytes) -> bool:
    """Whether brackets nest too deep; those inside words do not count, so that a doubt is walked."""
    depth = 0
    for start in range(0, len(data), _PIECE):
        brackets = data[start : start + _PIECE].translate(None, _OTHERS)
        if brackets:
            steps = _STEPS[np.frombuffer(brackets, dtype=np.uint8)]
            depths = depth + np.cumsum(steps, dtype=np.int32)
            if int(depths.max()) > MAX_DEPTH:
                return _depth_outside_words(data) > MAX_DEPTH
            depth = int(depths[-1])
    return False


def _depth_outside_words(data: bytes) -> int:
    deepest = depth = 0
    quoted = escaped = False
    for byte in data:
        if quoted:
            quoted = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            quoted = True
        elif byte in _OPEN:
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                break
        elif byte in _CLOSED:
            depth -= 1
    return deepest


def _too_deep() -> Unreadable:
    return Unreadable(
        _("Ce document JSON a plus de {n} niveaux\u00a0: il ne peut pas être lu.").format(
            n=MAX_DEPTH
        )
    )


def _where(error: ValueError) -> str:
    line = getattr(error, "lineno", 0)
    return _("ligne {n}").format(n=line) if line else _("encodage")
