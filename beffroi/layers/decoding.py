"""Turns the bytes of a GeoJSON file into a document, whatever its encoding, within limits."""

import codecs
import json
import zlib
from pathlib import Path
from typing import Any

from beffroi.errors import BeffroiError
from beffroi.text import _

MAX_BYTES = 100 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def load(source: bytes | Path) -> Any:
    """The JSON document of a file, gzip or not; lines of JSON become a list.

    Raises:
        BeffroiError: too big, unreadable, or not JSON; says what to do.
    """
    data = _unpacked(_content(source))
    words = _decoded(data)
    try:
        return _parsed(words)
    except (ValueError, RecursionError) as error:
        lines = _line_by_line(words)
        if lines is None:
            raise BeffroiError(
                _(
                    "Ce fichier n’est pas du GeoJSON lisible (JSON incorrect) : "
                    "exportez-le de nouveau depuis son logiciel d’origine."
                )
            ) from error
        return lines


def _content(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            size = source.stat().st_size
            data = source.read_bytes() if size <= MAX_BYTES else b""
        except OSError as error:
            raise BeffroiError(
                _("Le fichier « {name} » ne peut pas être lu : vérifiez son emplacement.").format(
                    name=source.name
                )
            ) from error
        if size > MAX_BYTES:
            raise _too_big()
    if len(data) > MAX_BYTES:
        raise _too_big()
    return data


def _too_big() -> BeffroiError:
    return BeffroiError(
        _(
            "Ce fichier dépasse {limit} Mo : simplifiez la couche ou découpez-la avant de l’importer."
        ).format(limit=MAX_BYTES // 1024 // 1024)
    )


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = opener.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise BeffroiError(
            _("Cette archive est abîmée : demandez-la de nouveau à son expéditeur.")
        ) from error
    if len(content) > MAX_BYTES:
        raise _too_big()
    return content


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _parsed(words: str) -> Any:
    return json.loads(words.lstrip("\ufeff\x1e \t\r\n"))


def _line_by_line(words: str) -> list[Any] | None:
    """Features written one per line, as some tools do."""
    lines = [line for line in words.replace("\x1e", "").splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    try:
        return [_parsed(line) for line in lines]
    except (ValueError, RecursionError):
        return None
