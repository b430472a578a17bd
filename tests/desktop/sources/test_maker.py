"""[Ajouter] makes a source and its calque together, with its first data, and nothing by halves."""

from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.layers.calques import calque_of
from beffroi.node import Node
from beffroi.sources.addresses import Origin
from beffroi.sources.definition import source_of
from beffroi.sources.guard import Guard
from beffroi.sources.settings import secret_of
from desktop.sources.door import Plan
from desktop.sources.finding import Choice, Finding, Part
from desktop.sources.maker import NodeMaker
from desktop.sources.reader import GuardedReader
from tests.desktop.sources.conftest import finding

TABLE = "code;nom;latitude;longitude\nA;Gymnase Japy;48,8552;2,3805\nB;Halle Carpentier;48,8209;2,3667\n"


@pytest.fixture
def guard():
    with Guard(1) as kept:
        yield kept


def unreachable(*_asked: object):
    raise AssertionError


def reader_of(node: Node, guard: Guard) -> GuardedReader:
    kept = node.attachments.open_bytes
    return GuardedReader(guard, unreachable, kept, node.clock, "Europe/Paris")


def plan(origin: Origin, found: Finding, **more) -> Plan:
    fields = {"title": "Sites", "family": "field", "reliability": "B", "refresh_s": 300}
    style = {"mode": "single", "colour": "#0b6579"}
    return Plan(origin=origin, finding=found, source=fields, style=style, **more)


def test_a_pasted_table_becomes_a_source_with_its_data(node: Node, guard: Guard) -> None:
    origin = Origin(transport="paste", text=TABLE)
    reader = reader_of(node, guard)
    found = reader.understand(origin, Choice(), "")
    assert (found.read, found.located) == (2, 2)
    maker = NodeMaker(node)
    wanted = plan(origin, found, choice=Choice(mapping={"id": "code", "title": "nom"}))
    made = maker.make(wanted)
    maker.fill(wanted, made)
    (uid,) = made.sources
    source = source_of(uid, node.sheets.one(uid).fields)
    assert (source.transport, source.address) == ("paste", "")
    assert node.attachments.open_bytes(source.attachment).decode() == TABLE
    assert not node.sheets.one(uid).shared
    assert {row.title for row in node.observations.rows(uid)} == {
        "Gymnase Japy",
        "Halle Carpentier",
    }
    assert node.observations.named(uid, "A") is not None
    calque = calque_of(node.sheets.one(made.layers[0]).fields)
    assert (calque.kind, calque.source, calque.title) == ("source", uid, "Sites")


def test_a_file_that_is_shared_travels_with_its_source(
    node: Node, guard: Guard, tmp_path: Path
) -> None:
    file = tmp_path / "sites.csv"
    file.write_text(TABLE, encoding="cp1252")
    origin = Origin(transport="file", address=str(file))
    reader = reader_of(node, guard)
    found = reader.understand(origin, Choice(), "")
    made = NodeMaker(node).make(plan(origin, found, shared=True, marking="NP"))
    sheet = node.sheets.one(made.sources[0])
    assert (sheet.shared, sheet.marking) == (True, "NP")
    assert sheet.fields["transport"] == "attachment"
    assert "address" not in sheet.fields
    sha256 = str(sheet.fields["attachment"])
    assert node.attachments.open_bytes(sha256) == file.read_bytes()
    again = Origin(transport="attachment", address=sha256)
    assert reader.understand(again, Choice(options={"name": "sites.csv"}), "").read == 2


def test_a_folder_of_this_machine_is_not_shared(node: Node, tmp_path: Path) -> None:
    origin = Origin(transport="folder", address=str(tmp_path))
    with pytest.raises(BeffroiError, match="ne se partage pas"):
        NodeMaker(node).make(plan(origin, finding(), shared=True))
    assert node.sheets.all("source") == []
    assert node.sheets.all("layer") == []


def test_a_key_is_sealed_and_never_in_the_source(node: Node) -> None:
    origin = Origin(transport="http", address="https://api.example.fr/v1")
    made = NodeMaker(node).make(plan(origin, finding(), secret="s3cr3t", shared=True))
    (uid,) = made.sources
    fields = node.sheets.one(uid).fields
    assert "s3cr3t" not in str(fields)
    assert secret_of(node.settings, source_of(uid, fields)) == "s3cr3t"


def test_a_key_in_the_address_of_a_shared_source_is_sealed_too(node: Node) -> None:
    origin = Origin(transport="http", address="https://api.example.fr/v1?apikey=s3cr3t")
    made = NodeMaker(node).make(plan(origin, finding(), shared=True))
    (uid,) = made.sources
    fields = node.sheets.one(uid).fields
    assert "s3cr3t" not in str(fields)
    assert secret_of(node.settings, source_of(uid, fields)) == "s3cr3t"


def test_several_layers_are_several_sources_and_calques(node: Node) -> None:
    origin = Origin(transport="http", address="https://example.fr/wfs")
    parts = (
        Part(id="a", title="Routes", address="https://example.fr/wfs?typeName=a"),
        Part(id="b", title="Ponts", options={"layer": "b"}),
    )
    made = NodeMaker(node).make(plan(origin, finding(), parts=parts))
    fields = [node.sheets.one(uid).fields for uid in made.sources]
    assert [one["title"] for one in fields] == ["Routes", "Ponts"]
    assert fields[0]["address"].endswith("typeName=a")
    assert fields[1]["options"] == {"layer": "b"}
    assert len(made.layers) == 2


def test_a_picture_of_the_ground_is_a_calque_without_a_source(node: Node) -> None:
    found = Finding(
        format="wms", format_title="WMS", read=1, tiles=True, hints={"calque": "raster"}
    )
    part = Part(id="ortho", title="Orthophotos", address="https://example.fr/wms?layers=ortho")
    origin = Origin(transport="http", address="https://example.fr/wms")
    made = NodeMaker(node).make(plan(origin, found, parts=(part,)))
    assert made.sources == ()
    calque = calque_of(node.sheets.one(made.layers[0]).fields)
    assert (calque.kind, calque.options["address"]) == ("raster", part.address)
