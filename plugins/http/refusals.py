"""What a server's refusal means for whoever follows the source."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from beffroi.plugin import Unreachable
from beffroi.plugin.later import Gone, Later
from beffroi.plugin.words import _

LONGEST_WAIT_S = 86_400.0


def refusal(host: str, response: httpx.Response) -> Unreachable:
    """The sentence for a status that is no success; `Later` when the server says when to come back."""
    code = response.status_code
    wait_s = _retry_after(response.headers.get("retry-after", ""))
    if code == 429 or (wait_s and code >= 500):
        return Later(
            _(
                "{host} demande d’attendre ({code})\u00a0: la source est relue moins souvent."
            ).format(host=host, code=code),
            wait_s or 60.0,
        )
    if code in (401, 403, 407):
        return Gone(
            _(
                "{host} refuse l’accès ({code})\u00a0: vérifiez la clé ou le mot de passe de la source."
            ).format(host=host, code=code)
        )
    if code in (404, 410):
        return Gone(
            _("Cette adresse n’existe pas ou plus chez {host} ({code})\u00a0: corrigez-la.").format(
                host=host, code=code
            )
        )
    if code >= 500:
        return Unreachable(
            _("{host} est en panne ({code})\u00a0: la source est relue plus tard.").format(
                host=host, code=code
            )
        )
    return Unreachable(
        _("{host} ne comprend pas la demande ({code})\u00a0: vérifiez l’adresse.").format(
            host=host, code=code
        )
    )


def _retry_after(told: str) -> float:
    """Seconds of a Retry-After (RFC 9110 §10.2.3: seconds, or a date); 0 when there is none."""
    told = told.strip()
    if told.isdigit():
        return min(float(told[:9]), LONGEST_WAIT_S)
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_WAIT_S)
