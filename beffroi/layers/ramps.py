"""Colours for classes: told apart with any of the usual colour-blindnesses, and in grey.

`cividis` is Nuñez, Anderton and Renslow (2018); the other sequences are ColorBrewer 2.0's that it
marks as safe for the colour-blind; `okabe` is Okabe and Ito (2008); `danger` follows ISO 22324
(green, yellow, orange, red, purple), whose words must always stand beside it.
"""

from beffroi.text import N_

SEQUENCES: dict[str, tuple[str, ...]] = {
    "cividis": ("#00204d", "#31446b", "#666970", "#958f78", "#cbba69", "#ffea46"),
    "blues": ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"),
    "oranges": ("#feedde", "#fdbe85", "#fd8d3c", "#e6550d", "#a63603"),
    "purples": ("#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"),
    "heat": ("#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"),
    "danger": ("#2c7a57", "#f2c230", "#e07b1a", "#b3202c", "#5b2a86"),
    "puor": ("#5e3c99", "#b2abd2", "#f7f7f7", "#fdb863", "#e66101"),
}
"""From low to high."""
RAMP_WORDS = {
    "cividis": N_("du bleu au jaune"), "blues": N_("bleus"), "oranges": N_("oranges"),
    "purples": N_("violets"), "heat": N_("du jaune au rouge"),
    "danger": N_("danger (ISO 22324)"), "puor": N_("du violet à l’orange, par le blanc"),
}  # fmt: skip
OKABE = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8a7500", "#5b5f66",
)  # fmt: skip
"""Values without an order; the yellow is darker than the original, to be seen on a light map."""


def ramp(name: str, count: int) -> list[str]:
    """`count` colours of a sequence, evenly spread over it."""
    anchors = SEQUENCES.get(name, SEQUENCES["cividis"])
    if count == 1:
        return [anchors[len(anchors) // 2]]
    return [mixed(anchors, step / (count - 1)) for step in range(count)]


def mixed(anchors: tuple[str, ...], at: float) -> str:
    """The colour at `at` (0 to 1) of a sequence."""
    place = max(0.0, min(1.0, at)) * (len(anchors) - 1)
    low = min(int(place), len(anchors) - 2)
    share = place - low
    pairs = zip(_rgb(anchors[low]), _rgb(anchors[low + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
