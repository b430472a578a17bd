"""Moments as an administrator types and reads them."""

from datetime import datetime

from beffroi.clock import PARIS, from_datetime, to_datetime
from beffroi.errors import BeffroiError
from beffroi.text import _

_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")


def moment(text: str) -> int:
    """UTC ms of `2024-07-26T18:00` (Paris time), 0 for nothing.

    Raises:
        BeffroiError: it is no moment.
    """
    if not text:
        return 0
    for form in _FORMS:
        try:
            return from_datetime(datetime.strptime(text, form).replace(tzinfo=PARIS))
        except ValueError:
            continue
    raise BeffroiError(
        _(
            "«\u202f{text}\u202f» n’est pas un moment\u00a0: écrivez 2024-07-26T18:00 (heure de Paris)."
        ).format(text=text[:40])
    )


def shown_moment(at: int) -> str:
    """`26/07/2024 18:00` in Paris, a dash for never."""
    return f"{to_datetime(at, PARIS):%d/%m/%Y %H:%M}" if at else "–"
