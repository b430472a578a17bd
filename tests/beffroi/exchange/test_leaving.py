"""What leaves the profile is as marked as the most sensitive thing in it, and traced with its digest."""

from hashlib import sha256
from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.exchange.drawings import export_drawing
from beffroi.exchange.mapped import marking_of
from beffroi.exchange.observed import export_observed
from beffroi.journal import Identity
from beffroi.layers.shapes import Shape, fields_of
from beffroi.layers.table import Asked
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.plugin import Record

PLACE = ((2.35, 48.85),)


@pytest.fixture
def drawing(node: Node, who: Identity) -> str:
    """A shared calque under DR, with one shape."""
    calque = node.sheets.put("layer", {"title": "SITAC", "kind": "drawing"}, who, shared=True)
    shape = Shape(layer=calque.uid, kind="point", points=PLACE)
    node.sheets.put("shape", fields_of(shape), who, uid="pma", shared=True)
    return calque.uid


@pytest.fixture
def calque(node: Node, who: Identity) -> Sheet:
    """A calque under DR that shows a source under DR-SF."""
    source = node.sheets.put("source", {"title": "CoT"}, who, shared=True, marking="DR_SF")
    told = Record(id="1", geometry={"type": "Point", "coordinates": list(PLACE[0])})
    node.observations.put(source.uid, [told], snapshot=True, now=node.clock.now())
    fields = {"title": "Véhicules", "kind": "source", "source": source.uid}
    return node.sheets.put("layer", fields, who, shared=True)


def test_a_drawing_leaves_under_the_marking_of_its_most_sensitive_shape(
    node: Node, who: Identity, drawing: str, tmp_path: Path
) -> None:
    shape = node.sheets.one("pma")
    node.sheets.put("shape", {"label": "PMA"}, who, uid=shape.uid, marking="DR_SF")
    path = tmp_path / "sitac.geojson"
    export_drawing(node, drawing, path, who)
    assert '"marking": "DR_SF"' in path.read_text()
    assert marking_of(node, [], [node.sheets.one(drawing)]) == "DR_SF"


def test_the_trail_holds_the_digest_of_the_file_that_left(
    node: Node, who: Identity, drawing: str, tmp_path: Path
) -> None:
    path = tmp_path / "sitac.kml"
    export_drawing(node, drawing, path, who)
    (line,) = node.audit.lines(action="export")
    assert sha256(path.read_bytes()).hexdigest() in line.detail


def test_a_table_and_a_map_leave_under_the_marking_of_their_source(
    node: Node, who: Identity, calque: Sheet, tmp_path: Path
) -> None:
    asked = Asked(source=str(calque.fields["source"]))
    assert export_observed(node, calque, asked, tmp_path / "v.csv", who).marking == "DR_SF"
    assert marking_of(node, [], [calque]) == "DR_SF"


def test_what_cannot_be_written_leaves_neither_a_file_nor_a_trace(
    node: Node, who: Identity, drawing: str, tmp_path: Path
) -> None:
    with pytest.raises(BeffroiError, match="vérifiez le dossier et la place"):
        export_drawing(node, drawing, tmp_path / "ailleurs" / "sitac.kml", who)
    assert list(tmp_path.rglob("*.part")) == []
    assert list(node.audit.lines(action="export")) == []
