"""What each plugin says of itself in its `plugin.toml`, read without importing anything of it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from beffroi import text
from beffroi.plugin import API

FILE = "plugin.toml"
_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_KINDS = {"format", "transport"}


class BadManifest(ValueError):
    """A `plugin.toml` that does not say what it must; for whoever writes the plugin."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One plugin: what it is called, which module does the work, which samples to show it."""

    id: str
    kind: Literal["format", "transport"]
    module: str
    title_fr: str
    title_en: str
    words: tuple[str, ...] = ()
    """The format words of its reports; a transport has none."""
    kinds: frozenset[str] = frozenset()
    """The `Sample.kind`s that it can read."""
    extensions: frozenset[str] = frozenset()
    media_types: frozenset[str] = frozenset()
    priority: int = 0
    """Decides between those that are equally sure."""

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.title_fr if text.language() == "fr" else self.title_en


def read_manifest(file: Path) -> Manifest:
    """What a `plugin.toml` says.

    Raises:
        BadManifest: it cannot be read, or something in it is not as it must be.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return _manifest(told)
    except (OSError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"{file}: {error}"
        raise BadManifest(message) from error


def _manifest(told: dict[str, Any]) -> Manifest:
    if told["api"] != API:
        raise BadManifest("api is not the one of this Beffroi")
    if not _ID.fullmatch(told["id"]) or told["kind"] not in _KINDS:
        raise BadManifest("id or kind is not as it must be")
    if not _MODULE.fullmatch(told["module"]):
        raise BadManifest("module is not the name of one")
    reads = told.get("format", {})
    return Manifest(
        id=told["id"],
        kind=told["kind"],
        module=told["module"],
        title_fr=str(told["title"]["fr"]),
        title_en=str(told["title"]["en"]),
        words=tuple(reads.get("words", [told["id"]] if told["kind"] == "format" else [])),
        kinds=frozenset(reads.get("kinds", ())),
        extensions=frozenset(word.lower() for word in reads.get("extensions", ())),
        media_types=frozenset(word.lower() for word in reads.get("media_types", ())),
        priority=int(reads.get("priority", 0)),
    )
