"""Puts an annex together: a folium map whose Leaflet is inside, its marking above and below."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from beffroi import resources
from beffroi.exchange.annex_things import Box, Feature, Group
from beffroi.text import _, language

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
html, body { margin: 0; height: 100%; font: 14px/1.4 system-ui, sans-serif; color: #1a1f26; }
.beffroi-band { position: fixed; left: 0; right: 0; height: 30px; line-height: 30px; z-index: 1200;
  background: #fff; text-align: center; font-weight: 700; color: #b3202c; border: 0 solid #b3202c; }
.beffroi-band.top { top: 0; border-bottom-width: 2px; } .beffroi-band.bottom { bottom: 0; border-top-width: 2px; }
.beffroi-band span { position: absolute; font-weight: 400; color: #4a5562; font-size: 12px; max-width: 34%;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.beffroi-band .left { left: 10px; } .beffroi-band .right { right: 10px; }
.beffroi-band .exercise { color: #221a00; background: #f5c518; font-weight: 700; padding: 0 10px; font-size: 14px; }
.beffroi-exercise { position: fixed; inset: 30px 0; z-index: 900; pointer-events: none; display: flex;
  align-items: center; justify-content: center; transform: rotate(-24deg); font-size: 17vmin; font-weight: 800;
  color: rgba(120, 90, 0, .15); letter-spacing: .05em; }
.beffroi-left-out { position: fixed; left: 10px; bottom: 42px; z-index: 1100; max-width: 46em; background: #fdf1dc;
  border: 1px solid #8a5300; padding: 6px 10px; border-radius: 4px; font-size: 12px; }
.folium-map { position: absolute !important; top: 32px !important; bottom: 32px !important; height: auto !important;
  width: 100% !important; background: #d4e1e8; }
"""


@dataclass(frozen=True, kw_only=True)
class Bands:
    """What the page says above and below: words already, in the language of the reader."""

    title: str
    marking: str
    exercise: str
    who: str
    sources: str
    left_out: tuple[str, ...] = ()


def assembled(groups: Sequence[Group], box: Box, bands: Bands) -> str:
    """The whole page."""
    import folium  # half a second: only for who makes an annex
    from branca.element import Element

    west, south, east, north = box
    page = folium.Map(
        location=[(south + north) / 2, (west + east) / 2], tiles=None, control_scale=True,
        zoom_snap=0.25,
    )  # fmt: skip
    page.default_js, page.default_css = [], []
    page.fit_bounds([[south, west], [north, east]])
    for group in groups:
        _layer(group).add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    figure: Any = page.get_root()
    figure.title = bands.title
    for name, piece in reversed(_head(bands)):
        figure.header.add_child(Element(_verbatim(piece)), name=name, index=0)
    figure.html.add_child(Element(_verbatim(_bands(bands))), name="bands")
    html: str = figure.render()
    return html.replace("<html>", f'<html lang="{language()}">', 1)


def _layer(group: Group) -> Any:
    import folium

    def look(feature: Feature) -> dict[str, Any]:
        own = feature["properties"]
        colour = own.get("colour") or group.colour or "#00000000"
        fill = own.get("colour") or group.fill
        return {
            "color": "#16191d" if "radius" in own else colour,
            "weight": 1 if "radius" in own else group.width,
            "radius": own.get("radius", 5),
            "fillColor": fill or colour,
            "fillOpacity": (0.92 if "radius" in own else 1.0 if group.ground else 0.3)
            if fill
            else 0,
            "interactive": not group.ground,
        }

    popup = None
    if not group.ground:
        popup = folium.GeoJsonPopup(fields=["name", "text"], labels=False, max_width=420)
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": group.features}, name=escape(group.title),
        style_function=look, marker=folium.CircleMarker(radius=5), popup=popup,
    )  # fmt: skip


def _head(bands: Bands) -> list[tuple[str, str]]:
    vendor = resources.root() / "web" / "vendor" / "leaflet"
    layers = b64encode((vendor / "layers.png").read_bytes()).decode()
    style = (vendor / "leaflet.css").read_text("utf-8")
    for name in ("layers.png", "layers-2x.png"):
        style = style.replace(f"url(images/{name})", f"url(data:image/png;base64,{layers})")
    style = style.replace("url(images/marker-icon.png)", "none")
    script = (vendor / "leaflet.js").read_text("utf-8").partition("//# sourceMappingURL")[0]
    return [
        ("charset", '<meta charset="utf-8">'),
        ("policy", f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        ("title", f"<title>{escape(bands.title)}</title>"),
        ("leaflet-style", f"<style>{style}</style>"),
        ("leaflet", f"<script>{script}</script>"),
        ("style", f"<style>{_STYLE}</style>"),
    ]


def _bands(bands: Bands) -> str:
    exercise = (
        f'<span class="right exercise">{escape(bands.exercise)}</span>' if bands.exercise else ""
    )
    across = (
        f'<div class="beffroi-exercise">{escape(bands.exercise)}</div>' if bands.exercise else ""
    )
    left_out = ""
    if bands.left_out:
        said = " ".join(escape(sentence) for sentence in bands.left_out)
        left_out = f'<div class="beffroi-left-out">{said}</div>'
    return (
        f'<div class="beffroi-band top"><span class="left">{escape(bands.title)}</span>{escape(bands.marking)}{exercise}</div>'
        f'{across}{left_out}<div class="beffroi-band bottom"><span class="left">{escape(bands.who)}</span>'
        f'{escape(bands.marking)}<span class="right">{escape(_("Sources"))} : {escape(bands.sources)}</span></div>'
    )


def _verbatim(text: str) -> str:
    """Text that the template engine of folium must not read as its own."""
    return "{% raw %}" + text.replace("{% endraw %}", "") + "{% endraw %}"
