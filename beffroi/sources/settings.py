"""What a profile holds for its sources beside their sheets: allowed machines, and secrets."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from beffroi.errors import BeffroiError
from beffroi.plugin.allowed import Allowed
from beffroi.sources.definition import Source
from beffroi.store import Settings
from beffroi.text import _

_ALLOW, _PROXY = "sources.allow", "sources.proxy"
_LIST = re.compile(r"[\s,;]+")


def allow_list(settings: Settings) -> list[str]:
    """The private machines and networks that an administrator lets sources reach."""
    kept = settings.get(_ALLOW)
    return [str(entry) for entry in kept] if isinstance(kept, list) else []


def put_allow_list(settings: Settings, entries: Sequence[str]) -> list[str]:
    """Keep the list; what it is now.

    Raises:
        BeffroiError: one of them is neither a machine nor a network.
    """
    told = list(dict.fromkeys(word for entry in entries for word in _LIST.split(entry) if word))
    Allowed(told)
    settings.put(_ALLOW, told)
    return told


def proxy_of(settings: Settings) -> str:
    """The proxy through which web sources are asked, "" for none."""
    return str(settings.get(_PROXY, ""))


def put_proxy(settings: Settings, url: str) -> None:
    """Keep the proxy (http://machine:port, with name and password when it wants them).

    Raises:
        BeffroiError: it is no such address.
    """
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise BeffroiError(_("L’adresse d’un mandataire s’écrit http://machine:port."))
    settings.put(_PROXY, url or None)


def secret_of(settings: Settings, source: Source) -> str:
    """The password or token of a source, "" when this profile does not hold it.

    Only the source's own seal is opened, and only for the machine it was given for: else whoever
    may change a shared source could have any setting, or this very key, sent to theirs.
    """
    if not source.secret or source.secret != sealed_as(source.uid):
        return ""
    kept = settings.get(source.secret)
    if not isinstance(kept, dict) or kept.get("machine") != _machine(source.address):
        return ""
    return str(kept.get("secret", ""))


def put_secret(settings: Settings, uid: str, secret: str, address: str) -> str:
    """Seal a source's password or token, for the machine of `address`; the name for its sheet.

    "" forgets it.
    """
    kept = {"secret": secret, "machine": _machine(address)} if secret else None
    settings.put(sealed_as(uid), kept)
    return sealed_as(uid) if secret else ""


def sealed_as(uid: str) -> str:
    """Under which name a source's secret is kept."""
    return f"sources/secret/{uid}"


def _machine(address: str) -> str:
    """Scheme, name and port: another of them is somebody else."""
    try:
        parts = urlsplit(address.strip())
        return f"{parts.scheme}://{parts.hostname}:{parts.port or ''}".lower()
    except ValueError:
        return address
