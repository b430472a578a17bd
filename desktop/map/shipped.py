"""The layers that ship with Beffroi, as the page is told to draw them."""

from dataclasses import asdict
from typing import Any

from beffroi.layers.catalogue import LayerSpec, catalogue, commune_files
from desktop.kit.stack import Stack


def know(stack: Stack) -> None:
    """Put them into the stack, at its bottom."""
    stack.know([(spec.id, spec.visible) for spec in catalogue()], bottom=True)


def for_page(stack: Stack) -> list[dict[str, Any]]:
    """The argument of the page's `layers` command, bottom to top."""
    specs = {spec.id: spec for spec in catalogue()}
    return [_drawn(specs[layer], stack) for layer in stack.order if layer in specs]


def _drawn(spec: LayerSpec, stack: Stack) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "id": spec.id,
        "kind": spec.kind,
        "file": spec.file,
        "far": spec.far,
        "min_zoom": spec.min_zoom,
        "style": spec.style,
        "attribution": spec.attribution,
        **asdict(stack[spec.id]),
        "rank": stack.rank(spec.id),
        "z": stack.z(spec.id),
    }
    if spec.kind == "communes":
        drawn["files"] = [{"file": part.file, "box": part.box} for part in commune_files()]
    return drawn
