"""Turns `resources/styles/desk.qss` into a style sheet: `@token` is a colour, `@12px` a length."""

import logging
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from beffroi import resources
from desktop.kit import icons

_log = logging.getLogger(__name__)
_COLOUR = re.compile(r"@([a-z][a-z0-9_]*)")
_LENGTH = re.compile(r"@(\d+)px")
_IMAGE = re.compile(r"@icon\(([a-z0-9-]+), *([a-z0-9_]+)\)")


@cache
def _template() -> str:
    return (resources.root() / "styles" / "desk.qss").read_text(encoding="utf-8")


def _drawn(name: str, colour: str) -> str:
    """The path of an icon redrawn in `colour`: style sheets only take files.

    Where no cache can be written, the icon as delivered: black, but there.
    """
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    path = Path(cache) / "icons" / f"{name}-{colour[1:]}.svg"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(icons.source(name).replace("currentColor", colour), "utf-8")
    except OSError as error:
        _log.warning("icons not redrawn: %s", error)
        return (resources.root() / "icons" / f"{name}.svg").as_posix()
    return path.as_posix()


def stylesheet(
    colours: Mapping[str, str], px: Callable[[float], int], sizes: Mapping[str, int]
) -> str:
    """The whole style sheet for these colours and this text size."""
    text = _IMAGE.sub(lambda m: f'url("{_drawn(m[1], colours[m[2]])}")', _template())
    text = _LENGTH.sub(lambda m: f"{px(int(m[1]))}px", text)
    named = {**colours, **{f"size_{role}": f"{px(size)}px" for role, size in sizes.items()}}
    return _COLOUR.sub(lambda m: named[m[1]], text)
