"""What the index finds is what a reader would find, entry by entry."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.logbook.query import Near, Query, parse
from tests.beffroi.search.conftest import HOUR, NOW, Library

WORDS = st.sampled_from(
    ["incendie", "INCEND", "étoile", "l'etoile", "l’Étoile", "etoil", "saint-denis", "Saint Denis",
     "st-denis", "St", "ste", "oeuvre", "œuvre", "cœur", "coeur", "RER", "a86", '"gare du nord"',
     '"du nord"', '"gare de l\'est"', "AND", "NEAR", "площадь", "東京", "naive", "filet", "km2",
     "-incendie", "-gare", "r", "1", "évacués", "stade", "sncf", "prefecture", "plan", "xttra",
     '"etoile fumees"', "s*", "gar* nord"]
)  # fmt: skip
FILTERS = st.sampled_from(
    ["tag:TRA", "tag:tra.ferre", "tag:SEC|MET", "-tag:TRA", "-tag:SEC.FEU", "gravité>=3",
     "gravité<2", "gravité:4", "nature:décision", "nature:info,demande", "statut:confirmée",
     "statut:annulée", "statut:corrigée", "auteur:m.leroy", "auteur:c.marchand,m.leroy",
     "poste:OL-SNCF", 'poste:"chef de salle"', "org:sncf", "auteur:marchand", "auteur:mar", "auteur:clai,nul",
     'auteur:"marc"', 'auteur:"c.marchand"', "poste:sncf", "poste:sncf-ol", "poste:salle", "poste:j",
     "org:police", 'org:"polic"', 'org:"de police"', "org:prefecture-pol", "org:-", 'org:"Préfecture de police"',
     "depuis:5h", "depuis:2j", "avant:36h", "entre:24/07..25/07", "le:25/07/2024", "★", "pj:oui",
     "pj:non", "lieu:oui", "lieu:non", "lu:non", "dossier:1", "dossier:crue", "dossier:rien",
     "suite:ouverte", "suite:retard", "suite:faite", "suite:oui", "n:12", "n:999",
     "près:48.92,2.36 800m", "près:48.9,2.3 30km", "près:-17,180 50km", "près:90,0 10km",
     "cadre:2,48,3,49", "cadre:170,-30,-170,0", "cadre:-180,-90,180,90", "tri:événement"]
)  # fmt: skip
TYPED = st.lists(st.one_of(WORDS, FILTERS), max_size=4).map(" ".join)


def check(library: Library, query: Query) -> None:
    found = library.search.rids(query).tolist()
    expected = {e.rid for e in library.entries if library.search.matches(query, e)}
    assert set(found) == expected
    assert len(found) == len(expected)
    assert library.search.count(query) == len(found)
    assert [e.rid for e in library.search.first(query, 7)] == found[:7]
    times = library.search.timed(query)[1].tolist()
    assert times == sorted(times, reverse=True)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TYPED)
def test_a_match_is_what_the_index_finds(library: Library, text: str) -> None:
    check(library, parse(text, now=NOW))


@settings(max_examples=60, deadline=None)
@given(
    lon=st.floats(-180, 180), lat=st.floats(-90, 90), metres=st.floats(0, 2e7),
    since=st.none() | st.integers(NOW - 110 * HOUR, NOW + HOUR),
    hours=st.integers(0, 200), boxed=st.booleans(),
)  # fmt: skip
def test_any_place_and_any_period_match_alike(
    library: Library,
    lon: float,
    lat: float,
    metres: float,
    since: int | None,
    hours: int,
    boxed: bool,
) -> None:
    query = Query(
        near=None if boxed else Near(lon=lon, lat=lat, metres=metres),
        box=(lon, max(-90.0, lat - 20), (lon + 220) % 360 - 180, min(90.0, lat + 20))
        if boxed
        else None,
        since=since,
        until=None if since is None else since + hours * HOUR,
    )
    check(library, query)


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_hostile_words_never_raise(library: Library, text: str) -> None:
    check(library, parse(text, now=NOW))


@pytest.mark.parametrize(
    "text",
    ["l'Étoile", "L’ETOILE", "etoile", "Saint-Denis", "saint denis", "st-denis", '"saint-denis"'],
)
def test_a_name_is_found_however_it_is_spelt(library: Library, text: str) -> None:
    found = {e.rid for e in library.entries if "Étoile" in e.content.text}
    assert found <= set(library.search.rids(parse(text, now=NOW)).tolist())


def test_what_is_written_in_one_field_is_not_mistaken_for_a_filter(library: Library) -> None:
    assert library.search.count(parse("xttra", now=NOW)) == 0
    assert library.search.count(parse('"xg4"', now=NOW)) == 0


def test_facets_add_up(library: Library) -> None:
    counts = library.search.facet_counts(Query())
    assert sum(counts["gravity"].values()) == len(library.entries)
    assert sum(counts["nature"].values()) == len(library.entries)
    only = library.search.facet_counts(parse("gravité:4 incendie", now=NOW))
    assert set(only["gravity"]) == {"4"}


def test_the_bar_completes_names_and_values(library: Library) -> None:
    def texts(typed: str) -> list[str]:
        return [s.text for s in library.search.suggest(typed)]

    assert "étiquette:" in texts("feu étiq")
    assert "auteur:m.leroy" in texts("auteur:ler") + texts("auteur:m")
    assert 'org:"Préfecture de police"' in texts("org:pref")
    assert "étiquette:TRA" in texts("tag:tr")
    assert "suite:retard" in texts("suite:re")


def test_the_order_is_of_events_when_asked(library: Library) -> None:
    entries = library.search.first(parse("tri:événement", now=NOW), 200)
    assert len(entries) == len(library.entries)
    times = [e.event_time for e in entries]
    assert times == sorted(times, reverse=True)


def test_a_query_survives_being_written_and_read(library: Library) -> None:
    query = parse('tag:TRA "gare du nord" depuis:2j', now=NOW)
    assert msgspec.json.decode(msgspec.json.encode(query), type=Query) == query


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("org:police", 'org:"Préfecture de police"'),
        ("org:PREFECTURE", 'org:"Préfecture de police"'),
        ("auteur:marchand", 'auteur:"c.marchand"'),
        ("auteur:claire", 'auteur:"c.marchand"'),
        ("poste:sncf", 'poste:"OL-SNCF"'),
        ("poste:chef", 'poste:"Chef de salle"'),
    ],
)
def test_a_name_is_found_by_its_words(library: Library, text: str, same: str) -> None:
    found = library.search.rids(parse(text, now=NOW)).tolist()
    assert found
    assert found == library.search.rids(parse(same, now=NOW)).tolist()


def test_a_quoted_name_is_whole(library: Library) -> None:
    assert library.search.count(parse('org:"polic"', now=NOW)) == 0
    assert library.search.count(parse('org:"police Préfecture"', now=NOW)) == 0
    assert library.search.count(parse("org:police-prefecture", now=NOW)) > 0


def test_only_searches_that_read_the_store_say_so(library: Library) -> None:
    def needs(text: str) -> bool:
        return library.search.needs_store(parse(text, now=NOW))

    assert all(map(needs, ("lu:non", "dossier:1", "suite:retard", "suite:faite", "auteur:m")))
    assert not any(map(needs, ("feu", "suite:ouverte", "org:sncf", "poste:ol", "tag:TRA ★")))
