"""Every refusal of the hub: a status, a code for programs, one sentence with its remedy.

What a person may not see does not exist: whatever lies in buckets answers `not_found()`, always
the same one, so that nobody learns from a refusal.
"""

import random

from beffroi.sync.wire import Trouble
from beffroi.text import _


class Refused(Exception):
    """The hub says no; raised anywhere under a route, answered as `wire.Trouble`.

    `retry_after` is in seconds; 0 says that trying again is of no use.
    """

    def __init__(self, status: int, code: str, sentence: str, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.trouble = Trouble(code=code, sentence=sentence, retry_after=retry_after)


def not_found() -> Refused:
    """There is nothing here that this person may see."""
    return Refused(404, "not_found", _("Introuvable\u00a0: actualisez, puis recommencez."))


def signed_out() -> Refused:
    """No session, or one that ended."""
    return Refused(401, "session", _("Votre session est terminée\u00a0: reconnectez-vous au hub."))


def forbidden() -> Refused:
    """The role does not allow this act (never used for what lies in buckets)."""
    return Refused(
        403,
        "forbidden",
        _("Votre rôle ne permet pas cet acte\u00a0: demandez-le à l’administrateur."),
    )


def malformed() -> Refused:
    """A message that the hub does not understand."""
    return Refused(
        400, "malformed", _("Le hub n’a pas compris ce message\u00a0: mettez ce poste à jour.")
    )


def too_big() -> Refused:
    """A message beyond the limits."""
    return Refused(
        413, "too_big", _("Cet envoi est trop gros\u00a0: envoyez-le en plusieurs parties.")
    )


def busy(seconds: float = 2.0) -> Refused:
    """Too much at once; come back in `seconds` to twice that, each client at its own moment."""
    wait = max(1, round(random.uniform(seconds, 2 * seconds)))  # noqa: S311  a delay, no secret
    return Refused(
        503, "busy", _("Le hub est très sollicité\u00a0: l’envoi reprend tout seul."), wait
    )
