"""A profile that has its own tags shows, finds and imports them."""

from pathlib import Path

from beffroi.clock import Clock
from beffroi.exchange.importing import import_entries
from beffroi.exchange.selection import selected
from beffroi.logbook.entry import Content
from beffroi.logbook.query import parse
from beffroi.node import Node, open_node
from tests.conftest import SECRET

OWN = """
[TRA]
fr = "Mobilités"
en = "Mobility"
colour = "#6A3FB5"
dark = "#C3A6F7"
icon = "theme/rail"
section = 5
tags = [{ code = "VELO", fr = "Cyclologistique", en = "Cycling" }]
"""


def opened(folder: Path, clock: Clock, own: str) -> Node:
    (folder / "taxonomy.toml").write_text(own, encoding="utf-8")
    return open_node(folder, "c.marchand", SECRET, clock=clock)


def test_a_profile_finds_its_own_tag_by_name(profile_dir: Path, clock: Clock) -> None:
    node = opened(profile_dir, clock, OWN)
    entry = node.logbook.publish(Content(text="Convoi", tags=("TRA.VELO",)), node.who)
    node.logbook.publish(Content(text="Autre", tags=("TRA.FERRE",)), node.who)
    assert node.taxonomy_problem == ""
    assert node.taxonomy.label("TRA.VELO") == "Cyclologistique"
    assert selected(node, "étiquette:cyclologistique") == [entry.rid]
    assert "étiquette:TRA.VELO" in [s.text for s in node.search.suggest("étiquette:cyclo")]
    assert parse("étiquette:cyclologistique", now=0).tags == ("CYCLOLOGISTIQUE",)
    node.close()


def test_an_import_knows_the_tags_of_the_profile(
    profile_dir: Path, clock: Clock, tmp_path: Path
) -> None:
    node = opened(profile_dir, clock, OWN)
    table = tmp_path / "a.csv"
    table.write_text("texte;étiquettes\nConvoi;Cyclologistique\n", encoding="utf-8")
    import_entries(node, table, node.who)
    assert len(selected(node, "étiquette:TRA.VELO")) == 1
    node.close()


def test_a_damaged_list_of_tags_is_said_and_the_usual_one_serves(
    profile_dir: Path, clock: Clock
) -> None:
    node = opened(profile_dir, clock, "[TRA")
    assert "taxonomy.toml" in node.taxonomy_problem
    assert "corrigez ce fichier" in node.taxonomy_problem
    assert node.taxonomy.label("TRA.FERRE") == "Ferré"
    node.close()
