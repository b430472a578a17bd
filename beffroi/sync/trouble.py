"""What can go wrong with the hub, as sentences: the only place that reads its refusals."""

import ssl

import httpx
import msgspec

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.text import _, printable

MAX_SENTENCE = 400
MAX_WAIT_S = 300
_DIGITS = 10


class HubUnreachable(BeffroiError):
    """No answer, or one cut short: try again, nothing is lost.  `wait_s` is what the hub asks."""

    def __init__(self, sentence: str, wait_s: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class HubSilent(HubUnreachable):
    """Nobody answered at all."""


class HubRefused(BeffroiError):
    """The hub understood and says no: `code` is for the program, `status` is HTTP's.

    `wait_s` is after how long it may say yes, 0 when waiting alone does not help.
    """

    def __init__(self, sentence: str, code: str, status: int = 0, wait_s: float = 0.0) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status
        self.wait_s = wait_s


class SessionOver(HubRefused):
    """The session ended: log in again."""


class WrongLogin(HubRefused):
    """The hub does not know this account with this secret, or asks to wait after wrong tries."""


class Revoked(HubRefused):
    """This device is out: its cache must go."""


_KINDS: dict[str, type[HubRefused]] = {
    "session": SessionOver,
    "secret": WrongLogin,
    "blocked": WrongLogin,
    "revoked": Revoked,
}
_BUSY = (429, 502, 503, 504)


def unreachable(error: Exception) -> HubUnreachable:
    """The sentence for a call that got no whole answer."""
    if _is_about_certificates(error):
        return HubUnreachable(
            _(
                "Le hub ne présente pas le certificat attendu\u00a0: ne continuez pas, "
                "et prévenez l’administrateur."
            )
        )
    return HubSilent(
        _("Le hub ne répond pas\u00a0: continuez, ce que vous écrivez partira à son retour.")
    )


def _is_about_certificates(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def garbled() -> HubUnreachable:
    """The sentence for an answer that makes no sense."""
    return HubUnreachable(
        _(
            "La réponse du hub est incompréhensible\u00a0: Beffroi réessaie, "
            "prévenez l’administrateur si cela dure."
        )
    )


def refusal(response: httpx.Response, body: bytes) -> BeffroiError:
    """What an answer that is not a success means."""
    told = _told(body)
    sentence = _sentence(told)
    known = _KINDS.get(told.code) if told else None
    if known is None and (response.status_code in _BUSY or (told and told.code == "busy")):
        return HubUnreachable(
            sentence or _("Le hub est très demandé\u00a0: Beffroi réessaie de lui-même."),
            _wait_s(response, told),
        )
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR and told is None:
        return garbled()
    code = told.code if told else _code_of(response.status_code)
    kind = known or _KINDS.get(code, HubRefused)
    return kind(
        sentence
        or _("Le hub refuse (code {status})\u00a0: prévenez l’administrateur.").format(
            status=response.status_code
        ),
        code,
        response.status_code,
        _wait_s(response, told),
    )


def _told(body: bytes) -> wire.Trouble | None:
    try:
        told: wire.Trouble = wire.decoder(wire.Trouble).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return told


def _sentence(told: wire.Trouble | None) -> str:
    """What the hub says, as it may be shown."""
    if told is None:
        return ""
    return printable(" ".join(told.sentence.split()))[:MAX_SENTENCE]


def _code_of(status: int) -> str:
    """The code of a refusal without a word (a proxy's)."""
    return "session" if status == httpx.codes.UNAUTHORIZED else f"http-{status}"


def _wait_s(response: httpx.Response, told: wire.Trouble | None) -> float:
    """How long the hub asks to wait, within reason."""
    header = response.headers.get("Retry-After", "")
    said = int(header) if header.isascii() and header.isdigit() and len(header) < _DIGITS else 0
    return float(min(max(said, told.retry_after if told else 0, 0), MAX_WAIT_S))
