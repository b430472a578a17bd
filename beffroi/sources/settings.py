"""What a profile holds for its sources beside their sheets: allowed machines, and secrets."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from beffroi.errors import BeffroiError
from beffroi.plugin.allowed import Allowed
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


def secret_of(settings: Settings, uid: str, name: str) -> str:
    """The password or token of the source `uid`, "" when this profile does not hold it.

    `name` is what the source's sheet says: only that source's own seal is opened, else whoever
    shares a source could have any setting sent to a machine of theirs.
    """
    if not name or name != sealed_as(uid):
        return ""
    return str(settings.get(name, ""))


def put_secret(settings: Settings, uid: str, secret: str) -> str:
    """Seal a source's password or token in this profile; the name for its sheet. "" forgets it."""
    settings.put(sealed_as(uid), secret or None)
    return sealed_as(uid) if secret else ""


def sealed_as(uid: str) -> str:
    """Under which name a source's secret is kept."""
    return f"sources/secret/{uid}"
