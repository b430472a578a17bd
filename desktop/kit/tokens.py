"""The colours of Beffroi, said once by role; every text is readable on every surface (4.5:1).

The look is our own: a calm petrol on neutral greys, nothing of the State's design system.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Name = Literal["light", "dark"]

SURFACES = ("bg", "panel", "raised", "sunken", "selection", "accent_soft")
"""What text may lie on."""
INKS = ("text", "muted", "faint", "accent", "danger", "warning", "ok")
"""What text may be written in."""
PAIRS = (
    ("accent_text", "accent"),
    ("danger", "danger_soft"),
    ("text", "danger_soft"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
    ("ok", "ok_soft"),
    ("text", "ok_soft"),
    ("exercise_text", "exercise"),
    ("exercise_text", "exercise_stripe"),
    ("tooltip_text", "tooltip"),
    *((f"gravity{level}_text", f"gravity{level}") for level in range(5)),
    *((f"level{level}_text", f"level{level}") for level in range(8)),
)
"""Inks that live on one surface of their own, (ink, surface)."""

_LIGHT = {
    "bg": "#f3f4f6",
    "panel": "#ffffff",
    "raised": "#f8f9fb",
    "sunken": "#eceff3",
    "text": "#1a1f26",
    "muted": "#4a5562",
    "faint": "#596472",
    "border": "#dbe0e6",
    "control": "#848e9b",
    "accent": "#0b6579",
    "accent_text": "#ffffff",
    "accent_hover": "#095464",
    "accent_soft": "#e2f1f4",
    "selection": "#d3e9ee",
    "danger": "#b3202c",
    "warning": "#8a5300",
    "ok": "#1d6f3b",
    "danger_soft": "#fdebec",
    "warning_soft": "#fdf1dc",
    "ok_soft": "#e4f4e9",
    "tooltip": "#262c34",
    "tooltip_text": "#f1f3f6",
    "exercise": "#f5c518",
    "exercise_stripe": "#e3b000",
    "exercise_text": "#221a00",
    "gravity0": "#6b7683",
    "gravity0_text": "#ffffff",
    "gravity1": "#2c7a57",
    "gravity1_text": "#ffffff",
    "gravity2": "#f2c230",
    "gravity2_text": "#241b00",
    "gravity3": "#c24d08",
    "gravity3_text": "#ffffff",
    "gravity4": "#9c1038",
    "gravity4_text": "#ffffff",
}
_DARK = {
    "bg": "#13161a",
    "panel": "#1a1e23",
    "raised": "#22272e",
    "sunken": "#101317",
    "text": "#e7eaee",
    "muted": "#b0bac5",
    "faint": "#9ea9b6",
    "border": "#313842",
    "control": "#6f7a88",
    "accent": "#62bdd0",
    "accent_text": "#06191e",
    "accent_hover": "#83cfdf",
    "accent_soft": "#17323a",
    "selection": "#1a3b45",
    "danger": "#ff9494",
    "warning": "#f0b45a",
    "ok": "#71cf92",
    "danger_soft": "#3b1d20",
    "warning_soft": "#372b15",
    "ok_soft": "#17301f",
    "tooltip": "#e7eaee",
    "tooltip_text": "#171b20",
    "exercise": "#f0c020",
    "exercise_stripe": "#d9a900",
    "exercise_text": "#221a00",
    "gravity0": "#8d98a6",
    "gravity0_text": "#0f1216",
    "gravity1": "#55b58c",
    "gravity1_text": "#06140d",
    "gravity2": "#f2c230",
    "gravity2_text": "#241b00",
    "gravity3": "#f08a3c",
    "gravity3_text": "#1f0f00",
    "gravity4": "#ff6b7d",
    "gravity4_text": "#24040a",
}
_LEVELS = (
    ("#5c6672", "#ffffff"),
    ("#2c7a57", "#ffffff"),
    ("#1f7180", "#ffffff"),
    ("#f2c230", "#241b00"),
    ("#ef9038", "#211000"),
    ("#c24d08", "#ffffff"),
    ("#9c1038", "#ffffff"),
    ("#5d4a7a", "#ffffff"),
)
"""The armement levels, from asleep to standing down, always beside their word."""


def _complete(colours: dict[str, str]) -> Mapping[str, str]:
    levels = {
        f"level{n}{suffix}": colour
        for n, (fill, ink) in enumerate(_LEVELS)
        for suffix, colour in (("", fill), ("_text", ink))
    }
    return MappingProxyType({**colours, **levels})


THEMES: Mapping[Name, Mapping[str, str]] = MappingProxyType(
    {"light": _complete(_LIGHT), "dark": _complete(_DARK)}
)


def luminance(colour: str) -> float:
    """WCAG 2.1 relative luminance of `#rrggbb`."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast between two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
