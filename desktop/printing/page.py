"""The page itself: marking above and below, the map, its legend, its cartouche."""

from collections.abc import Callable, Sequence
from math import cos, radians, sin

import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from beffroi.text import _
from desktop.printing import grid, scalebar
from desktop.printing.ink import BLACK, CENTRE, GREY, HAIR, RIGHT, Ink
from desktop.printing.legend import Key
from desktop.printing.paper import Rect, Sheet
from desktop.printing.plan import Facts, Plan

RED, YELLOW = QColor("#b3202c"), QColor(245, 197, 24)
_WATERMARK = QColor(120, 90, 0, 46)
DrawMap = Callable[[Ink, Rect], None]


def draw(
    ink: Ink, plan: Plan, facts: Facts, keys: Sequence[Key], draw_map: DrawMap, copy: int = 1
) -> None:
    """One copy of the page; `draw_map` fills the place of the map."""
    sheet = plan.sheet
    ink.fill((0, 0, sheet.width, sheet.height), QColor("white"))
    _header(ink, sheet, plan, facts)
    draw_map(ink, sheet.map)
    if plan.grid:
        grid.draw(ink, plan.grid, plan.ground, sheet.map, sheet.factor)
    if facts.exercise:
        _watermark(ink, sheet, facts.exercise)
    ink.frame(sheet.map, BLACK, 0.3 * sheet.factor)
    _north(ink, sheet, plan.ground.rotation)
    _margin(ink, sheet, plan, facts, keys)
    _footer(ink, sheet, facts, copy, plan.copies)


def _header(ink: Ink, sheet: Sheet, plan: Plan, facts: Facts) -> None:
    place, f = sheet.header, sheet.factor
    third = place.w / 3
    ink.text((place.x, place.y, third, place.h), facts.workspace, 2.6 * f, colour=GREY)
    _plate(ink, place, facts.marking, f)
    end = place.x + place.w
    if facts.exercise:
        w = ink.width(facts.exercise, 3.2 * f, bold=True) + 4 * f
        ink.fill((end - w, place.y + 1.2 * f, w, place.h - 2.4 * f), YELLOW)
        where = (end - w, place.y, w, place.h)
        ink.text(where, facts.exercise, 3.2 * f, bold=True, align=CENTRE)
    elif plan.number:
        where = (end - third, place.y, third, place.h)
        ink.text(where, plan.number, 2.6 * f, align=RIGHT, colour=GREY)


def _plate(ink: Ink, band: Rect, words: str, f: float) -> None:
    """The marking, in the middle of a band."""
    w = ink.width(words, 3.4 * f, bold=True) + 6 * f
    place = (band.x + (band.w - w) / 2, band.y + 1.0 * f, w, band.h - 2.0 * f)
    ink.frame(place, RED, 0.4 * f)
    ink.text(place, words, 3.4 * f, bold=True, align=CENTRE, colour=RED)


def _watermark(ink: Ink, sheet: Sheet, words: str) -> None:
    painter, place = ink.painter, sheet.map
    painter.save()
    painter.setClipRect(ink.rect(place))
    painter.translate(ink.point(place.x + place.w / 2, place.y + place.h / 2))
    painter.rotate(-28)
    size = min(place.w, place.h) * 0.22
    reach = max(place.w, place.h)
    for step in (-1, 0, 1):
        where = (-reach, step * size * 1.9 - size / 2, 2 * reach, size)
        ink.text(where, words, size, bold=True, align=CENTRE, colour=_WATERMARK)
    painter.restore()


def _north(ink: Ink, sheet: Sheet, rotation: float) -> None:
    """An arrow to the geographic north, in the corner of the map."""
    f, place = sheet.factor, sheet.map
    cx, cy, r = place.x + place.w - 9 * f, place.y + 10 * f, 6 * f
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(QColor(255, 255, 255, 215))
    ink.painter.drawEllipse(ink.point(cx, cy), r * 1.15 * ink.k, r * 1.15 * ink.k)
    turn = radians(-rotation)

    def turned(x: float, y: float) -> tuple[float, float]:
        return cx + x * cos(turn) - y * sin(turn), cy + x * sin(turn) + y * cos(turn)

    ink.polygon([turned(0, -r), turned(-r * 0.42, r * 0.55), turned(0, r * 0.3)], BLACK)
    ink.polygon([turned(0, -r), turned(r * 0.42, r * 0.55), turned(0, r * 0.3)], QColor("white"))
    ink.pen(BLACK, 0.15 * f)
    tip, left, mid, right = (
        turned(0, -r), turned(-r * 0.42, r * 0.55), turned(0, r * 0.3), turned(r * 0.42, r * 0.55),
    )  # fmt: skip
    for (x0, y0), (x1, y1) in ((tip, left), (left, mid), (mid, right), (right, tip)):
        ink.line(x0, y0, x1, y1)
    x, y = turned(0, r * 0.92)
    ink.text((x - 3 * f, y - 1.4 * f, 6 * f, 2.8 * f), "N", 2.4 * f, bold=True, align=CENTRE)


def _margin(ink: Ink, sheet: Sheet, plan: Plan, facts: Facts, keys: Sequence[Key]) -> None:
    """Legend, then cartouche: one over the other, or side by side."""
    place, f = sheet.margin, sheet.factor
    shown = keys if plan.legend else ()
    if sheet.lies:
        tall = 64 * f
        card = Rect(place.x, place.y + place.h - tall, place.w, tall)
        _legend(ink, Rect(place.x, place.y, place.w, place.h - tall - 2 * f), shown, f, columns=1)
    else:
        wide = max(84 * f, place.w * 0.46)
        card = Rect(place.x + place.w - wide, place.y, wide, place.h)
        _legend(ink, Rect(place.x, place.y, place.w - wide - 2 * f, place.h), shown, f, columns=2)
    _cartouche(ink, card, plan, facts, f)


def _legend(ink: Ink, place: Rect, keys: Sequence[Key], f: float, *, columns: int) -> None:
    """As many lines as there is room for; what is left out is said."""
    if not keys:
        return
    ink.text((place.x, place.y, place.w, 4.5 * f), _("Légende"), 3.2 * f, bold=True)
    top, tall = place.y + 5.5 * f, place.h - 5.5 * f
    step = min(4.7 * f, max(3.5 * f, tall * columns / len(keys)))
    letters = step * 0.54
    per_column = max(1, int(tall / step))
    room = per_column * columns
    shown = list(keys) if len(keys) <= room else list(keys[: room - 1])
    width = place.w / columns
    for number, key in enumerate(shown):
        x, y = place.x + width * (number // per_column), top + step * (number % per_column)
        if key.drawn:
            key.drawn(ink.painter, ink.rect((x, y + step * 0.07, step * 0.9, step * 0.86)))
            ink.text((x + 5.6 * f, y, width - 6.5 * f, step), key.words, letters)
        else:
            ink.text((x, y, width - f, step), key.words, letters, bold=True)
    if len(shown) < len(keys):
        x = place.x + width * ((room - 1) // per_column)
        y = top + step * ((room - 1) % per_column)
        words = _("… et {n} autres lignes").format(n=len(keys) - len(shown))
        ink.text((x, y, width, step), words, 2.3 * f, colour=GREY)


def _cartouche(ink: Ink, card: Rect, plan: Plan, facts: Facts, f: float) -> None:
    """Title, who and when on the left; the code in the lower right corner."""
    ink.frame(card, BLACK, 0.25 * f)
    inside = card.inset(2.5 * f)
    bottom = inside.y + inside.h
    code = 21 * f if plan.code else 0.0
    left = inside.w - (code + 2 * f if code else 0.0)
    title = plan.title or facts.workspace
    y = inside.y + ink.words((inside.x, inside.y, inside.w, 11 * f), title, 4.2 * f, bold=True)
    y = _said(ink, inside, y + 1.2 * f, bottom - code - 1.5 * f, left, plan, facts, f) + 0.6 * f
    ink.pen(HAIR, 0.15 * f)
    ink.line(inside.x, y, inside.x + left, y)
    _bar(ink, Rect(inside.x, y + 1.2 * f, left, 9 * f), plan.ground.scale, f)
    if code:
        _code(ink, Rect(inside.x + left + 2 * f, bottom - code, code, code), facts.reference)
    if facts.attributions:
        sources = _("Sources\u00a0: {who}").format(who=", ".join(facts.attributions))
        where = (inside.x, y + 11 * f, left, max(3 * f, bottom - y - 11 * f))
        ink.fitted(where, sources, 1.9 * f, 1.1 * f, colour=GREY)


def _said(
    ink: Ink, inside: Rect, y: float, low: float, left: float, plan: Plan, facts: Facts, f: float
) -> float:
    """The lines under the title; beside the code (below `low`) they are shorter.  Where they end."""
    lines = [
        (plan.number, GREY), (facts.author, BLACK),
        (_("Données\u00a0: {at}").format(at=facts.data_at), BLACK),
        (_("Imprimé\u00a0: {at}").format(at=facts.printed_at), BLACK),
        (facts.projection, GREY),
    ]  # fmt: skip
    for words, colour in lines:
        if words:
            width = inside.w if y + 3.5 * f <= low else left
            ink.text((inside.x, y, width, 3.5 * f), words, 2.4 * f, colour=colour)
            y += 3.6 * f
    return y


def _bar(ink: Ink, place: Rect, scale: float, f: float) -> None:
    """The scale, as a number and as a bar of black and white parts."""
    ink.text((place.x, place.y, place.w, 3.6 * f), scalebar.ratio(scale), 3.0 * f, bold=True)
    parts, metres, mm = scalebar.bar(scale, place.w - 14 * f)
    top = place.y + 4.2 * f
    for part in range(parts):
        where = (place.x + part * mm, top, mm, 1.3 * f)
        ink.fill(where, BLACK if part % 2 == 0 else QColor("white"))
        ink.frame(where, BLACK, 0.12 * f)
    below = top + 1.6 * f
    ink.text((place.x, below, 8 * f, 3 * f), "0", 2.1 * f)
    end = place.x + parts * mm
    ink.text((end - 6 * f, below, 22 * f, 3 * f), scalebar.length(parts * metres), 2.1 * f)


def _code(ink: Ink, place: Rect, words: str) -> None:
    """A QR code of the reference and of the place, as rectangles: it prints sharp at any size."""
    rows = [list(row) for row in segno.make(words, error="m", boost_error=False).matrix]
    side = place.w / (len(rows) + 2)
    for y, row in enumerate(rows, 1):
        start = None
        for x, dark in enumerate([*row, 0], 1):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                run = (place.x + start * side, place.y + y * side, (x - start) * side, side * 1.02)
                ink.fill(run, BLACK)
                start = None


def _footer(ink: Ink, sheet: Sheet, facts: Facts, copy: int, copies: int) -> None:
    place, f = sheet.footer, sheet.factor
    third = place.w / 3
    ink.text(
        (place.x, place.y, third, place.h), facts.reference.split("\n")[0], 2.2 * f, colour=GREY
    )
    _plate(ink, place, facts.marking, f)
    words = _("Exemplaire n° {copy} sur {copies}").format(copy=copy, copies=copies)
    where = (place.x + 2 * third, place.y, third, place.h)
    ink.text(where, words, 2.6 * f, align=RIGHT)
