"""Remembers how stations reach a hub, so that its administrator need not say it again."""

import contextlib
from dataclasses import replace

from hub.settings import Settings

FILE = "hub.url"
_MOST = 2_000


def keep(settings: Settings) -> None:
    """Write down the address that the running hub is reached by."""
    with contextlib.suppress(OSError):
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.data / FILE).write_text(settings.public_url(), "utf-8")


def known(settings: Settings) -> Settings:
    """`settings` with the address that the hub had at its last start, unless they say another."""
    if settings.url or settings.names:
        return settings
    try:
        told = (settings.data / FILE).read_text("utf-8")[:_MOST].strip()
    except (OSError, UnicodeDecodeError):
        return settings
    return replace(settings, url=told)
