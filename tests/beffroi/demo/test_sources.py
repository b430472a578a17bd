"""The demo's board is not empty: sources of several families, read by the same engine as any other."""

from random import Random

from beffroi import resources
from beffroi.demo.feeds import FEEDS
from beffroi.demo.sources import keep_sources
from beffroi.demo.steps import Stage
from beffroi.layers.calques import calque_of
from beffroi.node import Node
from beffroi.sources.definition import source_of


def test_everybody_finds_the_sources_with_what_they_told(node: Node) -> None:
    keep_sources(Stage(node), Random(1))
    sheets = node.sheets.all("source")
    sources = [source_of(sheet.uid, sheet.fields) for sheet in sheets]
    assert len(sources) == len(FEEDS)
    assert all(sheet.shared for sheet in sheets)
    assert len({source.family for source in sources}) >= 6
    counts = node.observations.counts()
    for source in sources:
        assert source.enabled == bool(counts.get(source.uid))
        assert source.licence


def test_each_calque_shows_its_source_and_says_by_shape_what_it_says_by_colour(node: Node) -> None:
    keep_sources(Stage(node), Random(1))
    known = {sheet.uid for sheet in node.sheets.all("source")}
    calques = [calque_of(sheet.fields) for sheet in node.sheets.all("layer")]
    assert {calque.source for calque in calques} == known
    by_field = [calque.style for calque in calques if calque.style.by_field]
    assert len(by_field) >= 4
    for style in by_field:
        assert len({one.shape for one in style.classes}) == len(style.classes) > 1


def test_every_file_of_the_demo_is_used_and_no_source_misses_its_own() -> None:
    files = {path.name for path in (resources.root() / "demo" / "sources").iterdir()}
    assert files == {feed.file for feed in FEEDS if feed.file}
