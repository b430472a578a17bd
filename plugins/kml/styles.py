"""The colours and icons of a KML document, resolved for each placemark as simplestyle properties."""

from beffroi.plugin.flat import printable
from beffroi.plugin.xml import Element, child, every, local, named, text

Style = dict[str, str | int | float | bool | None]
_MOST_STEPS = 8


class Styles:
    """The shared styles of a document."""

    def __init__(self, root: Element) -> None:
        self._styles: dict[str, Style] = {}
        self._maps: dict[str, str] = {}
        for style in every(root, "Style"):
            if name := _name(style) or _name(style.getparent()):
                self._styles[name] = drawn(style)
        for pairs in every(root, "StyleMap"):
            for pair in named(pairs, "Pair"):
                if text(pair, "key") == "normal" and (url := text(pair, "styleUrl")):
                    self._maps[_name(pairs)] = url.rpartition("#")[2]
                elif text(pair, "key") == "normal" and child(pair, "Style") is not None:
                    self._styles[_name(pairs)] = drawn(child(pair, "Style"))

    def of(self, placemark: Element) -> Style:
        """How a placemark is drawn: what its style says, over the shared one that it names."""
        name = text(placemark, "styleUrl").rpartition("#")[2]
        for _step in range(_MOST_STEPS):
            name = self._maps.get(name, name)
        own = child(placemark, "Style")
        return self._styles.get(name, {}) | (drawn(own) if own is not None else {})


def drawn(style: Element | None) -> Style:
    """What a `Style` element says: `stroke`, `fill`, `icon`… as simplestyle has them."""
    found: Style = {}
    if colour := text(style, "LineStyle", "color"):
        found |= _colour("stroke", colour)
    if width := text(style, "LineStyle", "width"):
        found |= _number("stroke-width", width)
    if colour := text(style, "PolyStyle", "color"):
        found |= _colour("fill", colour)
    if text(style, "PolyStyle", "fill") in ("0", "false"):
        found["fill-opacity"] = 0
    if text(style, "PolyStyle", "outline") in ("0", "false"):
        found["stroke-opacity"] = 0
    if colour := text(style, "IconStyle", "color"):
        found |= _colour("icon-color", colour)
    if icon := text(style, "IconStyle", "Icon", "href"):
        found["icon"] = printable(icon)
    return found


def _name(element: Element | None) -> str:
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if local(k) == "id"), "")


def _colour(name: str, words: str) -> Style:
    """`aabbggrr` of KML as `#rrggbb` and an opacity; colours written otherwise are kept as they are."""
    code = words.strip().lstrip("#").lower()
    if len(code) not in (6, 8) or any(letter not in "0123456789abcdef" for letter in code):
        return {name: printable(words)[:40]}
    alpha, blue, green, red = (code.rjust(8, "f")[i : i + 2] for i in (0, 2, 4, 6))
    found: Style = {name: f"#{red}{green}{blue}"}
    if alpha != "ff":
        found[f"{name}-opacity"] = round(int(alpha, 16) / 255, 2)
    return found


def _number(name: str, words: str) -> Style:
    try:
        return {name: float(words)}
    except ValueError:
        return {}
