"""What an officer does with the mouse and the keyboard becomes shapes on the ground."""

import itertools
import math

import pytest
from PySide6.QtCore import Qt

from beffroi.journal import Identity
from beffroi.layers.drawing.geodesic import area, leg, reach
from beffroi.layers.drawing.measure import measures
from beffroi.layers.shapes import KIND_WORDS, Kind, Shape
from beffroi.logbook.entry import Content
from beffroi.node import Node
from desktop.api import Desk
from tests.desktop.drawing.conftest import Atelier

A, B, C = (2.34, 48.86), (2.37, 48.86), (2.37, 48.84)
CLICKS: dict[Kind, tuple[tuple[float, float], ...]] = {
    "point": (A,), "text": (A,), "line": (A, B, C), "arrow": (A, B), "area": (A, B, C),
    "rectangle": (A, C), "circle": (A, B), "sector": (A, B, C), "symbol": (A,),
}  # fmt: skip


def test_every_tool_draws_by_real_clicks(atelier: Atelier) -> None:
    for count, kind in enumerate(KIND_WORDS, 1):
        atelier.studio.set_snapping(False)
        if kind == "symbol":
            atelier.studio.take("symbol", "sitac:pma")
            atelier.until("window.drawing.pen.kind === 'symbol'")
        else:
            atelier.take(kind)
        for spot in CLICKS[kind]:
            atelier.click(*spot)
        if kind in {"line", "arrow", "area"}:
            atelier.key(Qt.Key.Key_Return)
        atelier.wait_shapes(count)
        atelier.until("window.drawing.pen.kind === null")
    drawn = {shape.kind: shape for shape in atelier.shapes()}
    assert set(drawn) == set(KIND_WORDS)
    assert leg(drawn["line"].points[0], A)[0] < 25
    assert drawn["circle"].radius_m == pytest.approx(leg(A, B)[0], rel=0.02)
    assert drawn["sector"].from_deg == pytest.approx(leg(A, B)[1], abs=1)
    assert drawn["sector"].to_deg == pytest.approx(leg(A, C)[1], abs=1)
    assert drawn["symbol"].symbol == "sitac:pma"


def test_the_double_click_that_ends_a_line_does_not_zoom(atelier: Atelier) -> None:
    atelier.studio.set_snapping(False)
    atelier.take("line")
    atelier.ask("(window.doubles = 0, beffroi.map.on('dblclick', () => window.doubles++), 1)")
    atelier.click(*A)
    atelier.until("performance.now() - window.drawing.pen.last?.at > 300")  # no pair with the next
    atelier.click(*C)
    atelier.click(*C)
    atelier.wait_shapes(1)
    atelier.until("window.doubles === 1")
    assert not atelier.ask("beffroi.map.getView().getAnimating()")
    assert atelier.ask("beffroi.map.getView().getZoom()") == pytest.approx(13)


def test_a_box_selects_what_it_touches(atelier: Atelier) -> None:
    layer = atelier.studio.calques.current
    near = [Shape(layer=layer, kind="point", points=(spot,)) for spot in (A, B)]
    far = Shape(layer=layer, kind="point", points=((2.37, 48.83),))
    atelier.studio.hand.draw_all([*near, far], "")
    atelier.wait_shapes(3)
    atelier.studio.hand.select(())
    atelier.drag((2.33, 48.865), (2.38, 48.855), Qt.KeyboardModifier.ControlModifier)
    atelier.bot.waitUntil(lambda: len(atelier.studio.hand.selection) == 2, timeout=8000)
    held = {atelier.studio.shapes[uid].points[0] for uid in atelier.studio.hand.selection}
    assert held == {A, B}


def test_a_line_is_drawn_by_the_keyboard_alone(atelier: Atelier) -> None:
    atelier.take("line")
    atelier.key(Qt.Key.Key_Tab)
    atelier.until("document.activeElement.name === 'coordinates'")
    atelier.type("48,86 2,34")
    atelier.key(Qt.Key.Key_Return)
    atelier.until("window.drawing.pen.spots.length === 1")
    atelier.until("document.activeElement.name === 'distance'")
    atelier.type("1,5 km")
    atelier.key(Qt.Key.Key_Tab)
    atelier.type("NE")
    atelier.key(Qt.Key.Key_Return)
    atelier.until("window.drawing.pen.spots.length === 2")
    atelier.key(Qt.Key.Key_Return)
    (line,) = atelier.wait_shapes(1)
    metres, bearing = leg(*line.points)
    assert (metres, bearing) == (pytest.approx(1500, abs=0.1), pytest.approx(45, abs=0.01))


def test_a_radius_can_be_typed(atelier: Atelier) -> None:
    atelier.take("circle")
    atelier.click(*A)
    atelier.until("window.drawing.pen.spots.length === 1")
    atelier.type("500")
    atelier.key(Qt.Key.Key_Return)
    (circle,) = atelier.wait_shapes(1)
    assert circle.radius_m == pytest.approx(500, abs=0.1)
    assert measures(circle).area_m2 == pytest.approx(math.pi * 500**2, rel=0.01)


def test_what_is_not_understood_is_said_beside_the_pointer(atelier: Atelier) -> None:
    atelier.take("line")
    atelier.key(Qt.Key.Key_Tab)
    atelier.until("document.activeElement.name === 'coordinates'")
    atelier.type("nulle part")
    atelier.key(Qt.Key.Key_Return)
    atelier.until("document.querySelector('#typed .error').textContent.includes('illisibles')")


def test_the_pages_measures_are_those_of_python(atelier: Atelier) -> None:
    atelier.map.view.page.runJavaScript(
        "import('beffroi://app/drawing/geodesic.js').then((found) => { window.geodesic = found; })"
    )
    atelier.until("Boolean(window.geodesic)")
    ring = [A, B, C, (-17.5, 14.7), (179.9, -17.8)]
    for one, other in itertools.pairwise(ring):
        told = atelier.ask(f"window.geodesic.leg({list(one)}, {list(other)})")
        assert told == pytest.approx(leg(one, other), rel=1e-6)
        there = atelier.ask(f"window.geodesic.reach({list(one)}, 12345, 67)")
        assert there == pytest.approx(reach(one, 12345, 67), abs=1e-7)
    square = [[2, 48], [2.5, 48], [2.5, 48.4], [2, 48.4]]
    told = atelier.ask(f"window.geodesic.area({square})")
    assert told == pytest.approx(area([(x, y) for x, y in square]), rel=1e-5)


def test_undo_and_redo_by_their_keys(atelier: Atelier) -> None:
    atelier.take("point")
    atelier.click(*A)
    atelier.wait_shapes(1)
    atelier.map.setFocus()
    atelier.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    atelier.wait_shapes(0)
    atelier.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    atelier.wait_shapes(1)


def test_a_vertex_is_caught_unless_one_lets_go(atelier: Atelier) -> None:
    atelier.take("point")
    atelier.click(*A)
    (first,) = atelier.wait_shapes(1)
    atelier.take("line")
    near = (A[0] + 0.0003, A[1])
    atelier.click(*near)
    atelier.click(*B)
    atelier.key(Qt.Key.Key_Return)
    atelier.wait_shapes(2)
    line = next(shape for shape in atelier.shapes() if shape.kind == "line")
    assert leg(line.points[0], first.points[0])[0] < 0.1
    atelier.studio.set_snapping(False)
    atelier.until("window.drawing.snap.on === false")
    atelier.take("arrow")
    atelier.click(*near)
    atelier.click(*C)
    atelier.key(Qt.Key.Key_Return)
    atelier.wait_shapes(3)
    arrow = next(shape for shape in atelier.shapes() if shape.kind == "arrow")
    assert leg(arrow.points[0], first.points[0])[0] > 5


def test_a_shape_is_carried_by_the_mouse_and_erased_by_a_key(atelier: Atelier) -> None:
    atelier.take("area")
    for spot in (A, B, C):
        atelier.click(*spot)
    atelier.key(Qt.Key.Key_Return)
    (before,) = atelier.wait_shapes(1)
    atelier.until("window.drawing.grips.uids.length === 1")
    atelier.until("window.drawing.grips.source.getFeatures().length > 3")
    inside = (2.362, 48.853)
    atelier.drag(inside, (2.352, 48.853))
    atelier.bot.waitUntil(lambda: atelier.shapes()[0].points != before.points, timeout=8000)
    after = atelier.shapes()[0]
    assert measures(after).area_m2 == pytest.approx(measures(before).area_m2 or 0, rel=1e-4)
    assert after.points[0][0] == pytest.approx(before.points[0][0] - 0.01, abs=0.001)
    atelier.map.setFocus()
    atelier.key(Qt.Key.Key_Delete)
    atelier.wait_shapes(0)


def test_a_shape_is_shown_while_it_holds(atelier: Atelier, desk: Desk) -> None:
    atelier.studio.place(
        Shape(layer="", kind="point", points=(A,), since=1_000_000_000, until=2_000_000_000)
    )
    atelier.wait_shapes(1)
    shape = "[...window.drawing.sheet.features.values()][0].get('shape')"
    said = f"window.drawing.sheet.validity({shape})"
    desk.shared.set_moment(3_000_000_000)
    atelier.until(f"{said} === 'faded'")
    desk.shared.set_period(1_500_000_000, 1_600_000_000)
    atelier.until(f"{said} === 'in'")
    desk.shared.set_period(2_000_000_000, 2_100_000_000)
    atelier.until(f"{said} === 'out'")
    desk.shared.set_period(None, None)
    atelier.until(f"{said} === 'faded'")


def test_a_military_symbol_is_drawn_by_milsymbol(atelier: Atelier) -> None:
    pictures = atelier.studio.pictures
    key = "app6:10031000001211000000"
    with atelier.bot.waitSignal(pictures.arrived, timeout=8000):
        pictures.icon(key)
    assert not pictures.icon(key).isNull()


def test_a_symbol_that_an_entry_catches_draws_it(
    atelier: Atelier, node: Node, who: Identity
) -> None:
    entry = node.logbook.publish(Content(text="Feu", lon=A[0], lat=A[1], gravity=2), who)
    spot = f"window.beffroi.map.getPixelFromCoordinate(ol.proj.fromLonLat({list(A)}))"
    atelier.until(f"window.beffroi.entries.at({spot})?.rid === {entry.rid}")
    atelier.studio.take("symbol", "sitac:source-feu")
    atelier.until("window.drawing.pen.kind === 'symbol'")
    atelier.click(A[0] + 0.0003, A[1])
    (symbol,) = atelier.wait_shapes(1)
    assert symbol.entry == entry.uid
    assert symbol.points[0] == pytest.approx(A, abs=1e-6)
