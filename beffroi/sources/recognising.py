"""Tells which plugin a sample is for, from its content first, its name and type next."""

import logging
from dataclasses import dataclass
from typing import cast

from beffroi.plugin import Format, Sample
from beffroi.sources.manifests import Manifest
from beffroi.sources.registry import formats, module_of

_log = logging.getLogger(__name__)
_LEAST = 0.2
_HINT = 0.05
"""What a name or a media type that fits adds to the plugin's own certainty."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A plugin that takes the sample for its own, and how sure it is (0 to 1)."""

    manifest: Manifest
    certainty: float


def candidates(sample: Sample) -> list[Candidate]:
    """The plugins that may read the sample, the surest first.

    Raises:
        Unreadable: the bytes cannot even be opened (a damaged or exploding gzip).
    """
    kind = sample.kind
    found = [
        Candidate(manifest=manifest, certainty=_certainty(manifest, sample))
        for manifest in formats()
        if kind in manifest.kinds
    ]
    sure = [candidate for candidate in found if candidate.certainty >= _LEAST]
    return sorted(sure, key=lambda c: (-c.certainty, -c.manifest.priority, c.manifest.id))


def warm(kind: str) -> None:
    """Import all that samples of this kind need, before any limit on memory is set."""
    for manifest in formats():
        if kind in manifest.kinds:
            try:
                module_of(manifest)
            except Exception:  # noqa: BLE001 - somebody's plugin; the others must go on
                _log.warning("the plugin %s does not load", manifest.id, exc_info=True)


def _certainty(manifest: Manifest, sample: Sample) -> float:
    try:
        own = cast(Format, module_of(manifest)).recognise(sample)
    except Exception:  # noqa: BLE001 - a plugin that cannot even look does not know the sample
        _log.debug("%s could not even look", manifest.id, exc_info=True)
        return 0.0
    if own <= 0:
        return 0.0
    media_type = sample.media_type.partition(";")[0].strip().lower()
    fits = sample.suffix in manifest.extensions or media_type in manifest.media_types
    return own + _HINT * fits
