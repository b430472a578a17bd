"""The period that someone asks traces of, in the words of the desk: « hier 10h », « 26/07 »."""

from zoneinfo import ZoneInfo

from beffroi import when
from beffroi.clock import PARIS
from beffroi.errors import BeffroiError
from beffroi.text import _


def since(said: str, *, now: int, zone: ZoneInfo = PARIS) -> int | None:
    """The moment (UTC ms) from which to read; None when nothing is said.

    Raises:
        BeffroiError: the words name no moment.
    """
    found = _understood(said, now, zone)
    return found.start if found else None


def until(said: str, *, now: int, zone: ZoneInfo = PARIS) -> int | None:
    """The moment (UTC ms) before which to read: a day counts whole; None when nothing is said.

    Raises:
        BeffroiError: the words name no moment.
    """
    found = _understood(said, now, zone)
    if found is None:
        return None
    return found.start if found.end is None else found.end


def _understood(said: str, now: int, zone: ZoneInfo) -> when.When | None:
    if not said.strip():
        return None
    found = when.parse(said, now=now, zone=zone)
    if found is None:
        raise BeffroiError(
            _(
                "«\u202f{said}\u202f» n’est pas un moment compris\u00a0: écrivez «\u202fhier 10h05\u202f» ou «\u202f26/07/2024\u202f»."
            ).format(said=said.strip()[:40])
        )
    return found
