"""Puts an annex together: a folium map whose Leaflet is inside, its marking above and below."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from beffroi import resources
from beffroi.exchange.annex_things import Box, Feature, Group, disarmed
from beffroi.text import _, language

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_MOST_MARKS = 1_500
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
.beffroi-mark { background: none; border: 0; display: flex; align-items: center; justify-content: center; }
.beffroi-mark i { width: 22px; height: 22px; display: flex; align-items: center; justify-content: center; color: #fff;
  font: 700 11px/1 system-ui, sans-serif; background: #6b7683; border-radius: 50%; cursor: pointer; }
.beffroi-mark .g0 { width: 11px; height: 11px; } .beffroi-mark .g1 { background: #2c7a57; }
.beffroi-mark .g2 { background: #8a5300; border-radius: 0; clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
.beffroi-mark .g3 { background: #c4501b; border-radius: 0; padding-top: 5px; height: 19px; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.beffroi-mark .g4 { background: #b3202c; border-radius: 0;
  clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); }
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
        zoom_snap=0.25, attribution_control=False,
    )  # fmt: skip
    page.default_js, page.default_css = [], []
    page.fit_bounds([[south, west], [north, east]])
    for group in groups:
        _layer(group).add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    figure: Any = page.get_root()
    for name, piece in reversed(_head(bands)):
        figure.header.add_child(Element(_verbatim(piece)), name=name, index=0)
    figure.html.add_child(Element(_verbatim(_bands(bands))), name="bands")
    html: str = figure.render()
    return html.replace("<html>", f'<html lang="{language()}">', 1)


def _layer(group: Group) -> Any:
    import folium

    popup = None
    if not group.ground:
        popup = folium.GeoJsonPopup(fields=["name", "text"], labels=False, max_width=420)
    marks = group.marked and len(group.features) <= _MOST_MARKS
    marker = (
        folium.Marker(icon=folium.DivIcon(icon_size=(24, 24), class_name="beffroi-mark"))
        if marks
        else folium.CircleMarker(radius=5, fill=True)
    )
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": group.features}, name=disarmed(group.title),
        style_function=_mark if marks else partial(_look, group), marker=marker, popup=popup,
    )  # fmt: skip


def _mark(feature: Feature) -> dict[str, Any]:
    """An entry by the shape and the number of its gravity: colour is never alone."""
    level = int(feature["properties"]["level"])
    return {"html": f'<i class="g{level}">{level or ""}</i>'}


def _look(group: Group, feature: Feature) -> dict[str, Any]:
    own, point = feature["properties"], _is_point(feature)
    colour = own.get("colour") or group.colour
    fill = own.get("colour") or group.fill or (group.colour if point else "")
    solid = 1.0 if group.ground else 0.9 if point else float(own.get("fill", 0.3))
    return {
        "color": "#16191d" if point else colour or "#00000000",
        "weight": 1 if point else own.get("width", group.width),
        "radius": own.get("radius", 5),
        "fill": bool(fill) and solid > 0,
        "fillColor": fill or "#ffffff",
        "fillOpacity": solid,
        "interactive": not group.ground,
    }


def _is_point(feature: Feature) -> bool:
    return str(feature["geometry"]["type"]).endswith("Point")


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
        ("title", f"<title>{disarmed(bands.title)}</title>"),
        ("leaflet-style", f"<style>{style}</style>"),
        ("leaflet", f"<script>{script}</script>"),
        ("style", f"<style>{_STYLE}</style>"),
    ]


def _bands(bands: Bands) -> str:
    exercise = (
        f'<span class="right exercise">{disarmed(bands.exercise)}</span>' if bands.exercise else ""
    )
    across = (
        f'<div class="beffroi-exercise">{disarmed(bands.exercise)}</div>' if bands.exercise else ""
    )
    left_out = ""
    if bands.left_out:
        said = " ".join(disarmed(sentence) for sentence in bands.left_out)
        left_out = f'<div class="beffroi-left-out">{said}</div>'
    sources = disarmed(_("Sources\u00a0: {who}").format(who=bands.sources))
    return (
        f'<div class="beffroi-band top"><span class="left">{disarmed(bands.title)}</span>{disarmed(bands.marking)}{exercise}</div>'
        f'{across}{left_out}<div class="beffroi-band bottom"><span class="left">{disarmed(bands.who)}</span>'
        f'{disarmed(bands.marking)}<span class="right" title="{sources}">{sources}</span></div>'
    )


def _verbatim(text: str) -> str:
    """Text of ours that the template engine of folium must not read as its own."""
    return "{% raw %}" + text + "{% endraw %}"
