"""What the demo's attachments show."""

import math
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from beffroi.demo.canvas import Colour, caption, font, gradient, grain, letters

_SIZE = (960, 640)


def plan(title: str, stamp: str, rng: Random) -> Image.Image:
    """A sketch: streets, blocks, a perimeter, an access, a meeting point."""
    image = Image.new("RGB", _SIZE, (238, 236, 230))
    draw = ImageDraw.Draw(image)
    for _ in range(34):
        x, y = rng.randrange(0, 940), rng.randrange(50, 630)
        w, h = rng.randrange(50, 150), rng.randrange(40, 100)
        draw.rounded_rectangle(
            (x, y, x + w, y + h), 5, fill=(222, 216, 205), outline=(200, 192, 178)
        )
    tilt = rng.uniform(-0.35, 0.35)
    for n in range(9):
        offset = 90 + n * 115
        draw.line(
            (offset, 44, offset + 640 * tilt, 640), fill="white", width=rng.choice((8, 10, 20))
        )
        draw.line(
            (0, offset - 20, 960, offset - 20 + 300 * tilt), fill="white", width=rng.choice((8, 14))
        )
    cx, cy, r = rng.randrange(360, 600), rng.randrange(260, 400), rng.randrange(110, 170)
    draw.ellipse((cx - r * 1.3, cy - r, cx + r * 1.3, cy + r), outline=(190, 30, 45), width=5)
    draw.ellipse(
        (cx - 60, cy - 42, cx + 60, cy + 42), fill=(120, 150, 190), outline=(40, 70, 120), width=3
    )
    for label, angle, colour in (
        ("A1", 0.4, (32, 120, 70)),
        ("A2", 2.6, (32, 120, 70)),
        ("PRM", 4.4, (30, 80, 170)),
    ):
        _flag(draw, cx + math.cos(angle) * r * 1.3, cy + math.sin(angle) * r, label, colour)
    draw.text((cx, cy), "SITE", font=font(20), fill="white", anchor="mm")
    draw.text(
        (940, 620), letters("Croquis sans échelle"), font=font(14), fill=(110, 100, 90), anchor="rs"
    )
    caption(draw, title, stamp, _SIZE[0])
    return image


def _flag(draw: ImageDraw.ImageDraw, x: float, y: float, label: str, colour: Colour) -> None:
    draw.ellipse((x - 19, y - 19, x + 19, y + 19), fill=colour, outline="white", width=3)
    draw.text((x, y), label, font=font(14), fill="white", anchor="mm")


def curve(title: str, stamp: str, rng: Random) -> Image.Image:
    """A day's curve, as services send them."""
    image = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(image)
    for n in range(6):
        y = 110 + n * 90
        draw.line((70, y, 930, y), fill=(222, 226, 232), width=1)
        draw.text((60, y), str((5 - n) * 20), font=font(14), fill=(110, 118, 130), anchor="rm")
    level, points = rng.uniform(20, 45), []
    for hour in range(25):
        level = min(96.0, max(4.0, level + rng.gauss(0, 6) + (4 if 7 < hour < 19 else -5)))
        points.append((70 + hour * 35.8, 560 - level * 4.5))
        if hour % 3 == 0:
            draw.text(
                (points[-1][0], 578), f"{hour} h", font=font(14), fill=(110, 118, 130), anchor="mt"
            )
    draw.polygon([(70, 560), *points, (929, 560)], fill=(214, 228, 245))
    draw.line(points, fill=(32, 88, 160), width=4, joint="curve")
    caption(draw, title, stamp, _SIZE[0])
    return image


def bulletin(title: str, stamp: str, rng: Random) -> Image.Image:
    """A page of text, as a bulletin is sent."""
    image = Image.new("RGB", (827, 1169), "white")
    draw = ImageDraw.Draw(image)
    caption(draw, title, stamp, 827)
    draw.text((413, 86), "DIFFUSION RESTREINTE", font=font(18), fill=(170, 20, 40), anchor="mm")
    heads = ("1. Situation", "2. Faits marquants", "3. Moyens engagés", "4. Prévisions")
    y = 140
    for head in heads:
        draw.text((70, y), letters(head), font=font(22), fill=(28, 42, 66))
        y += 40
        for _ in range(rng.randrange(3, 6)):
            draw.text(
                (90, y), letters(f"– {rng.choice(_SENTENCES)}"), font=font(15), fill=(50, 55, 65)
            )
            y += 30
        y += 26
    draw.text(
        (413, 1130),
        letters("Document de démonstration"),
        font=font(14),
        fill=(130, 130, 130),
        anchor="mm",
    )
    return image


_SENTENCES = (
    "Situation générale calme sur l’ensemble des sites.",
    "Affluence conforme aux prévisions, fluidité satisfaisante.",
    "Deux axes surveillés en raison de travaux en cours.",
    "Renfort disponible sous trente minutes.",
    "Température maximale attendue\u00a0: 31 °C en fin d’après-midi.",
    "Aucune incidence sur le programme des épreuves.",
    "Point de vigilance\u00a0: sorties simultanées en soirée.",
    "Contact permanent avec les centres opérationnels.",
    "Prochain bulletin dans quatre heures.",
)


def scene(kind: str, rng: Random) -> Image.Image:
    """A view as a phone might have taken it."""
    evening = rng.random() < 0.4
    top, low = ((70, 62, 110), (240, 150, 110)) if evening else ((96, 150, 214), (214, 226, 236))
    image = gradient(_SIZE, top, low)
    draw = ImageDraw.Draw(image)
    _skyline(draw, rng, dark=evening)
    draw.rectangle((0, 430, 960, 640), fill=(92, 92, 96) if kind != "rails" else (118, 108, 98))
    {"crowd": _crowd, "smoke": _smoke, "rails": _rails, "flood": _flood}[kind](draw, rng)
    soft = image.filter(ImageFilter.GaussianBlur(1.2))
    return grain(soft, rng.randrange(1 << 30))


def _skyline(draw: ImageDraw.ImageDraw, rng: Random, *, dark: bool) -> None:
    x = -20
    while x < 960:
        width, height = rng.randrange(60, 140), rng.randrange(110, 300)
        shade = rng.randrange(50, 90) if dark else rng.randrange(140, 205)
        draw.rectangle((x, 430 - height, x + width, 440), fill=(shade, shade - 6, shade - 14))
        for row in range(430 - height + 14, 420, 26):
            for column in range(x + 10, x + width - 12, 22):
                lit = rng.random() < (0.5 if dark else 0.1)
                pane = (250, 220, 140) if lit else (shade - 35, shade - 28, shade - 18)
                draw.rectangle((column, row, column + 11, row + 15), fill=pane)
        x += width + rng.randrange(2, 14)


def _crowd(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    for row in range(16):
        y = 446 + row * 12
        size = 5 + row * 0.9
        for _ in range(60):
            x = rng.uniform(0, 960)
            hue = rng.choice(
                ((180, 40, 50), (40, 70, 150), (230, 225, 215), (60, 60, 66), (210, 170, 60))
            )
            draw.ellipse((x - size, y, x + size, y + size * 3), fill=hue)
            head = rng.choice(((228, 190, 160), (150, 105, 80), (95, 66, 50)))
            draw.ellipse(
                (x - size * 0.6, y - size * 0.9, x + size * 0.6, y + size * 0.4), fill=head
            )


def _smoke(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    x, y = rng.randrange(300, 660), 430.0
    for step in range(46):
        radius = 16 + step * 2.6
        shade = min(200, 46 + step * 3)
        cx = x + step * 5 + rng.gauss(0, 9)
        draw.ellipse(
            (cx - radius, y - radius, cx + radius, y + radius), fill=(shade, shade, shade + 4)
        )
        y -= 7.5
    draw.polygon(
        ((x - 30, 436), (x - 8, 372), (x + 6, 404), (x + 18, 364), (x + 34, 436)),
        fill=(240, 120, 40),
    )


def _rails(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    lean = rng.randrange(-60, 60)
    for sleeper in range(18):
        part = (sleeper / 18) ** 2
        y, half = 432 + part * 208, 26 + part * 330
        centre = 480 + lean * (1 - part)
        draw.line((centre - half, y, centre + half, y), fill=(84, 74, 64), width=int(3 + part * 12))
    for side in (-1, 1):
        draw.line(
            (480 + lean + side * 16, 432, 480 + side * 250, 640), fill=(190, 190, 196), width=7
        )
    for x in (70, 890):
        draw.line((x, 640, x, 170), fill=(70, 76, 82), width=9)
    draw.line((60, 190, 900, 190), fill=(70, 76, 82), width=5)


def _flood(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    draw.rectangle((0, 452, 960, 640), fill=(112, 104, 84))
    for _ in range(150):
        x, y = rng.uniform(0, 960), rng.uniform(458, 640)
        draw.line((x, y, x + rng.uniform(20, 90), y), fill=(150, 144, 126), width=2)
    x = rng.randrange(200, 700)
    draw.rounded_rectangle((x, 470, x + 170, 520), 16, fill=(150, 30, 40))
    draw.rounded_rectangle((x + 30, 440, x + 130, 482), 14, fill=(60, 70, 84))
