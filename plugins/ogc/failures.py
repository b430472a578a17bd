"""Exception reports: services answer 200 with an error inside; it is said in their own words."""

from beffroi.plugin import Unreadable, printable, xml
from beffroi.plugin.words import _

ROOTS = ("ExceptionReport", "ServiceExceptionReport")
_LONGEST = 300


def refusal(root: xml.Element) -> Unreadable:
    """The error that a report tells, as a refusal."""
    found = xml.every(root, "ServiceException") or xml.every(root, "Exception")
    told = found[0] if found else root
    code = told.get("exceptionCode") or told.get("code") or ""
    about = told.get("locator") or ""
    words = printable(" ".join(xml.text(told).split()))[:_LONGEST]
    detail = " – ".join(part for part in (code, about) if part)
    if not detail:
        return Unreadable(
            _(
                "Le service a répondu par une erreur («\u202f{said}\u202f»)\u00a0: vérifiez l’adresse."
            ).format(said=words or "?")
        )
    return Unreadable(
        _(
            "Le service a répondu par une erreur («\u202f{said}\u202f», {code})\u00a0: vérifiez l’adresse."
        ).format(said=words or code, code=detail)
    )
