"""Small tools for drawing: letters, gradients, GPS tags."""

import unicodedata
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]


@cache
def font(size: int) -> Any:
    """Pillow's own typeface, so that no font file is needed."""
    return ImageFont.load_default(size)


def letters(text: str) -> str:
    """`text` in bare capitals: Pillow's own typeface has no accents."""
    bare = unicodedata.normalize("NFD", text.replace("–", "-").replace("’", "'"))
    return "".join(c for c in bare if ord(c) < 128 or c == "\u00b0").upper()


def caption(draw: ImageDraw.ImageDraw, title: str, stamp: str, width: int) -> None:
    """A band at the top with what it is and when it was made."""
    draw.rectangle((0, 0, width, 44), fill=(28, 42, 66))
    draw.text((14, 12), letters(title)[:62], font=font(18), fill="white")
    draw.text((width - 14, 13), letters(stamp), font=font(15), fill=(190, 205, 225), anchor="ra")


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """A vertical shading between two colours."""
    width, height = size
    part = np.linspace(0.0, 1.0, height)[:, None, None]
    column = np.array(top) * (1 - part) + np.array(bottom) * part
    return Image.fromarray(np.repeat(column, width, axis=1).astype(np.uint8), "RGB")


def grain(image: Image.Image, seed: int, strength: float = 7.0) -> Image.Image:
    """The noise of a sensor."""
    pixels = np.asarray(image).astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, strength, pixels.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8), "RGB")


def gps(lon: float, lat: float) -> dict[int, Any]:
    """The EXIF tags of a position."""
    return {
        1: "N" if lat >= 0 else "S",
        2: _degrees(lat),
        3: "E" if lon >= 0 else "W",
        4: _degrees(lon),
    }


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = abs(value) % 1 * 60
    return float(int(abs(value))), float(int(minutes)), round(minutes % 1 * 60, 2)
