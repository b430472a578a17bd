"""A file just read: headers and cells, nothing understood yet."""

from dataclasses import dataclass, field
from typing import Any

from beffroi.errors import BeffroiError
from beffroi.exchange.problems import Problem
from beffroi.text import _

MAX_COLUMNS = 500
_ENCODINGS = ("utf-8-sig", "cp1252")


class TooBig(BeffroiError):
    """More rows than are taken at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("Ce fichier a plus de {limit} lignes : coupez-le en plusieurs.").format(limit=limit)
        )


class TooWide(BeffroiError):
    """More columns than any table of entries has."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Ce fichier a plus de {limit} colonnes : gardez seulement celles qui servent."
            ).format(limit=MAX_COLUMNS)
        )


@dataclass(slots=True, kw_only=True)
class Raw:
    """Rows with their number in the file (1 is the first after the header)."""

    headers: list[str]
    rows: list[tuple[int, list[Any]]]
    encoding: str = "utf-8"
    problems: list[Problem] = field(default_factory=list[Problem])


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and the encoding it was in: UTF-8, UTF-16 or what Windows wrote."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"
