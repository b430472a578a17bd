"""Feeds of news: words without tags, moments of all kinds, places, damaged documents."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.news import reading
from plugins.news.dates import moment
from tests.plugins.conftest import FEEDS, ReadSample, sample_of

ITEM = """<rss version="2.0" xmlns:georss="http://www.georss.org/georss"
 xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
 xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><channel><title>F</title><item><title>t</title>
 {item}</item></channel></rss>"""


def item(words: str):
    found = reading.read(sample_of(ITEM.format(item=words)), {})
    return found, next(iter(found.records))


@pytest.mark.parametrize(
    ("file", "kind", "count", "located"),
    [
        ("cert-fr-alertes-extrait.xml", "rss", 6, 0),
        ("gdacs-2.xml", "georss", 2, 2),
        ("feedparser_georss_box.xml", "georss", 1, 1),
        ("feedparser_georss_point.xml", "georss", 1, 1),
        ("redaction.atom", "atom", 2, 1),
        ("mois-en-toutes-lettres.rss", "rss", 2, 0),
    ],
)
def test_feeds_of_all_families_are_read(
    read_sample: ReadSample, file: str, kind: str, count: int, located: int
):
    found = read_sample(Path("news") / file)
    assert (found.plugin, found.reading.format) == ("news", kind)
    assert len(found.records) == count
    assert len({record.id for record in found.records}) == count
    assert sum(record.geometry is not None for record in found.records) == located


def test_atom_gives_words_without_tags_scripts_or_entities(read_sample: ReadSample):
    first, bare = read_sample(Path("news/redaction.atom")).records
    assert first.title == "Pont fermé RD 12 & déviation"
    assert first.properties["summary"] == "Fermeture\njusqu’à midi."
    assert first.properties["link"] == "https://prefecture.example/1"
    assert first.properties["author"] == "Cabinet"
    assert first.geometry == {"type": "Point", "coordinates": [2.35, 48.85]}
    assert first.time == times.instant("2026-03-02T07:30:00+01:00")
    assert (bare.title, bare.time) == ("Sans identité ni date", None)


def test_gdacs_levels_are_on_the_common_scale(read_sample: ReadSample):
    cyclone = read_sample(Path("news/gdacs-2.xml")).records[0]
    assert cyclone.id == "TC1000643"
    assert (cyclone.properties["severity"], cyclone.properties["severity_said"]) == (1, "Green")
    assert cyclone.properties["gdacs.eventname"] == "CALVINIA-19"
    assert cyclone.geometry == {"type": "Point", "coordinates": [59.8, -19.4]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thu, 20 Aug 2026 13:40:23 +0000", "2026-08-20T13:40:23Z"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z"),
        ("24 août 2018 08:00", "2018-08-24T08:00:00+02:00"),
        ("Do, 13 Dez 2018 09:00:00 GMT", "2018-12-13T09:00:00Z"),
        ("2026-03-02T07:30:00+01:00", "2026-03-02T06:30:00Z"),
        ("bientôt", None),
        ("31 février 2018 08:00", None),
    ],
)
def test_moments_are_understood_in_the_languages_of_their_editors(words: str, expected: str | None):
    assert moment(words, "Europe/Paris") == times.instant(expected)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("<georss:point>48.85 2.35</georss:point>", "Point"),
        ("<georss:line>48 2 49 3</georss:line>", "LineString"),
        ("<georss:polygon>48 2 49 2 49 3 48 2</georss:polygon>", "Polygon"),
        ("<georss:circle>48 2 500</georss:circle>", "Polygon"),
        ("<georss:where><gml:Point><gml:pos>48 2</gml:pos></gml:Point></georss:where>", "Point"),
        ("<cap:polygon>48,2 49,2 49,3 48,2</cap:polygon>", "Polygon"),
        ("<geo:lat>48</geo:lat><geo:long>2</geo:long>", "Point"),
        ("<geo:Point><geo:lat>48</geo:lat><geo:long>2</geo:long></geo:Point>", "Point"),
        ("<georss:point>48 2</georss:point><georss:point>49 3</georss:point>", "MultiPoint"),
    ],
)
def test_every_way_of_placing_an_item_is_drawn(words: str, kind: str):
    _found, record = item(words)
    assert record.geometry["type"] == kind


def test_a_place_off_the_globe_is_told_and_the_item_is_kept():
    found, record = item("<georss:point>148 2</georss:point>")
    assert record.geometry is None
    assert [problem.where for problem in found.problems] == ["élément 1"]


def test_severities_of_cap_in_a_feed_count_too():
    _found, record = item("<cap:severity>Severe</cap:severity>")
    assert record.properties["severity"] == 3


def test_the_rest_of_a_damaged_feed_is_read_and_that_is_told(read_sample: ReadSample):
    cut = ITEM.format(item="<guid>1</guid>")[:-40] + "<item><title>deux</tit"
    found = read_sample(cut)
    assert "t" in [record.title for record in found.records]
    assert [problem.why for problem in found.reading.problems] == [
        "document mal formé, lu en partie"
    ]


def test_ttl_proposes_how_often_to_look(read_sample: ReadSample):
    assert read_sample(Path("news/mois-en-toutes-lettres.rss")).reading.hints["refresh"] == "300"


def test_what_is_no_feed_is_refused():
    with pytest.raises(Unreadable, match="fil d’actualité"):
        reading.read(sample_of("<html><body/></html>"), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_real_feeds_have_their_items():
    counts = {
        file.name: len(list(reading.read(sample_of(file), {}).records))
        for file in FEEDS.glob("rss_atom/*.*")
        if file.suffix != ".md"
    }
    assert (counts["guardian.rss"], counts["craigslist.rss"], counts["encoding.rss"]) == (
        55,
        25,
        40,
    )
    assert (counts["uolNoticias.rss"], counts["feedburner.atom"], counts["reddit-atom.rss"]) == (
        15,
        25,
        24,
    )
    assert counts["rss_2.0_invalid_1.xml"] == 0


def test_a_title_with_entities_of_html_is_not_lost(read_sample: ReadSample):
    found = read_sample(Path("news/rss-0-91.xml"))
    assert found.reading.format == "rss"
    assert [record.title for record in found.records] == ["Été : accès fermé"]


def test_what_a_video_service_says_in_its_group_of_media_is_kept(read_sample: ReadSample):
    (video,) = read_sample(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        "<entry><id>v</id><title>Point presse</title><media:group>"
        '<media:content url="https://x.example/v.mp4"/><media:description>En direct</media:description>'
        "</media:group></entry></feed>"
    ).records
    assert (video.properties["summary"], video.properties["enclosure"]) == (
        "En direct", "https://x.example/v.mp4",
    )  # fmt: skip
