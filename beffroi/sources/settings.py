"""What a profile holds for its sources beside their sheets: allowed machines, and secrets."""

import re
from collections.abc import Sequence

from beffroi.plugin.allowed import Allowed
from beffroi.store import Settings

_ALLOW = "sources.allow"
_SEALED = "sources.secret/"
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


def secret_of(settings: Settings, name: str) -> str:
    """The password or token that a source names, "" when this profile does not hold it."""
    return str(settings.get(_SEALED + name, "")) if name else ""


def put_secret(settings: Settings, name: str, secret: str) -> None:
    """Keep a password or token under a name, sealed in the profile; "" forgets it."""
    settings.put(_SEALED + name, secret or None)
