"""Finds the plugins: those that ship in `plugins/`, and those that others installed."""

import importlib
import logging
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from beffroi.errors import BeffroiError
from beffroi.sources.manifests import FILE, BadManifest, Manifest, read_manifest
from beffroi.text import _

_log = logging.getLogger(__name__)
OURS = "plugins"
GROUP = "beffroi.plugins"
"""Entry points of other packages: `meteo = "their_package"`, a package with a `plugin.toml`."""


@cache
def manifests() -> dict[str, Manifest]:
    """All plugins by their ids; one that is badly declared is left out and logged."""
    found: dict[str, Manifest] = {}
    for file in _files():
        try:
            manifest = read_manifest(file)
        except BadManifest as error:
            _log.warning("a plugin is left out: %s", error)
            continue
        if found.setdefault(manifest.id, manifest) is not manifest:
            _log.warning("a plugin is left out: %s is already taken", manifest.id)
    return found


def formats() -> list[Manifest]:
    """The plugins that read formats, by their ids."""
    return [found for _id, found in sorted(manifests().items()) if found.kind == "format"]


def transports() -> list[Manifest]:
    """The plugins that bring bytes, by their ids."""
    return [found for _id, found in sorted(manifests().items()) if found.kind == "transport"]


def reader_of(word: str) -> Manifest:
    """The plugin of an id or of a format word.

    Raises:
        BeffroiError: there is none.
    """
    exact = manifests().get(word)
    for manifest in [exact] if exact else formats():
        if manifest.kind == "format" and word in (manifest.id, *manifest.words):
            return manifest
    raise BeffroiError(
        _(
            "Le format «\u202f{name}\u202f» n’existe pas\u00a0: voyez «\u202fbeffroi-admin source formats\u202f»."
        ).format(name=word[:40])
    )


def module_of(manifest: Manifest) -> ModuleType:
    """The module that does the work, imported now if it was not yet."""
    return importlib.import_module(manifest.module)


def _files() -> Iterator[Path]:
    yield from (file for folder in _folders(OURS) for file in sorted(folder.glob(f"*/{FILE}")))
    for entry in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        for folder in _folders(entry.value):
            if (folder / FILE).is_file():
                yield folder / FILE


def _folders(package: str) -> list[Path]:
    """Where a package lies, without importing it."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return []
    return [Path(place) for place in (spec and spec.submodule_search_locations) or ()]
