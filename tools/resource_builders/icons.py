"""Copies the icons that tags and layers name, from three free sets, in one plain form."""

import re
import tomllib
from pathlib import Path

SETS = (
    ("@mapbox/maki/icons/{}.svg", "Maki", "CC0 1.0"),
    ("@rapideditor/temaki/icons/{}.svg", "Temaki", "CC0 1.0"),
    ("@tabler/icons/icons/outline/{}.svg", "Tabler Icons", "MIT"),
)
RENAMED = {
    "bullhorn": "speakerphone",
    "torch": "flame",
    "island": "island_trees_building",
    "user-shield": "user-shield",
    "message-question": "message-question",
}


def used(resources: Path) -> list[str]:
    """The icons named by the taxonomy and the catalogue of layers."""
    words = (resources / "taxonomy" / "jop.toml").read_text(encoding="utf-8")
    names = set(re.findall(r'icon = "theme/([\w-]+)"', words))
    catalogue = tomllib.loads((resources / "layers" / "catalogue.toml").read_text(encoding="utf-8"))
    names |= {layer["style"]["icon"] for layer in catalogue["layers"] if "icon" in layer["style"]}
    return sorted(names)


def copy(modules: Path, resources: Path) -> None:
    """Write `resources/icons/theme/NAME.svg` for each icon used, and say whose they are."""
    folder = resources / "icons" / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    owners: list[str] = []
    for name in used(resources):
        pattern, title, licence = _found(modules, name)
        svg = (modules / pattern.format(RENAMED.get(name, name))).read_text(encoding="utf-8")
        (folder / f"{name}.svg").write_text(_plain(svg), encoding="utf-8")
        owners.append(f"| {name} | {title} | {licence} |")
    (folder / "LICENSES.md").write_text(_HEAD + "\n".join(owners) + "\n", encoding="utf-8")


def _found(modules: Path, name: str) -> tuple[str, str, str]:
    for pattern, title, licence in SETS:
        if (modules / pattern.format(RENAMED.get(name, name))).exists():
            return pattern, title, licence
    raise FileNotFoundError(name)


def _plain(svg: str) -> str:
    """The drawing alone, in the current colour, on one line."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', svg)
    if not inside or not box:
        raise ValueError(svg[:80])
    body = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inside[1])
    body = re.sub(r"<!--.*?-->|<(title|desc|metadata)>.*?</\1>", "", body, flags=re.DOTALL)
    body = re.sub(r'\s+(id|class|style)="[^"]*"', "", body)
    body = " ".join(body.replace("&#xA;", " ").replace("&#x9;", " ").split())
    outline = 'stroke="currentColor"' in svg
    look = (
        'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        'stroke-linejoin="round"'
        if outline
        else 'fill="currentColor"'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}" {look}>'
    return f"{head}{body}</svg>\n"


_HEAD = """# Icons of tags and layers

Maki: © Mapbox, CC0 1.0. Temaki: © the Temaki contributors, CC0 1.0.
Tabler Icons: © Paweł Kuna, MIT (text in ../LICENSE.tabler).

| icon | set | licence |
|---|---|---|
"""
