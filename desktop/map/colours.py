"""What the page is told to look like: the desk's theme, and the colours of the map in it."""

from typing import Any

from beffroi.taxonomy import DOMAINS
from desktop.kit.theme import Theme
from desktop.kit.tokens import luminance

_TOKENS = (
    "bg", "panel", "raised", "text", "muted", "faint", "border", "control", "accent",
    "accent_text", "selection", "tooltip", "tooltip_text", "danger", "warning",
    *(f"gravity{level}{suffix}" for level in range(5) for suffix in ("", "_text")),
)  # fmt: skip
_MAP = {
    "light": {
        "sea": "#d4e1e8",
        "label": "#343a42",
        "area": "#5d6169",
        "halo": "#ffffffd9",
        "grid": "#37415155",
    },
    "dark": {
        "sea": "#121a21",
        "label": "#d0d8e0",
        "area": "#9aa5b1",
        "halo": "#12181ed9",
        "grid": "#b9c6d455",
    },
}
_GRID_TEXT = {"light": "#2f3842", "dark": "#cfd8e2"}
_NO_DOMAIN = "#6b7683"


def look_of(theme: Theme, domain_colours: dict[str, str]) -> dict[str, Any]:
    """The argument of the page's `theme` command."""
    colours = {token: theme.hex(token) for token in _TOKENS}
    chart = _MAP[theme.name]
    font = theme.font()
    return {
        "night": theme.dark,
        "colours": {**colours, "sea": chart["sea"]},
        "font": ", ".join(f"'{family}'" for family in font.families()) + ", sans-serif",
        "size": font.pixelSize(),
        "look": {
            "themes": themes(domain_colours, dark=theme.dark),
            "gravities": [
                {"fill": theme.hex(f"gravity{n}"), "ink": theme.hex(f"gravity{n}_text")}
                for n in range(5)
            ],
            "paper": theme.hex("panel"),
            "ink": theme.hex("text"),
            "edge": theme.hex("control"),
            "accent": theme.hex("accent"),
            "warning": theme.hex("warning"),
            "label": chart["label"],
            "area": chart["area"],
            "halo": chart["halo"],
            "grid": chart["grid"],
            "gridText": _GRID_TEXT[theme.name],
        },
    }


def themes(domain_colours: dict[str, str], *, dark: bool) -> list[dict[str, str]]:
    """Fill, edge and ink of each theme index: 0 for none, then the domains in their order."""
    made = []
    for colour in (_NO_DOMAIN, *(domain_colours.get(domain, _NO_DOMAIN) for domain in DOMAINS)):
        ink = "#ffffff" if luminance(colour) < 0.36 else "#16191d"
        made.append({"fill": colour, "edge": "#ffffff" if dark else "#1f252c", "ink": ink})
    return made
