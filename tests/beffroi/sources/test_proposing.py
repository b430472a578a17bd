"""What Beffroi proposes for a source, and why, so that nobody needs to be a developer."""

import pytest

from beffroi.plugin import Record
from beffroi.sources.proposing import proposals, style

POINT = {"type": "Point", "coordinates": [2, 48]}


def records(count: int = 20, **fields: object) -> list[Record]:
    """Records whose fields are values, or functions of their number."""
    return [
        Record(
            geometry=POINT,
            properties={k: v(n) if callable(v) else v for k, v in fields.items()},
        )
        for n in range(count)
    ]


def roles(found: list[Record], **hints: str) -> dict[str, str]:
    return {p.role: p.value for p in proposals(found, hints)}


def test_the_usual_fields_of_open_data_are_recognised():
    found = roles(
        records(
            commune="Paris",
            id_station=lambda n: f"S{n}",
            nom_station=lambda n: f"Station {n}",
            date_maj="2024-07-26 08:00",
            date_fin="27/07/2024",
            niveau=lambda n: n % 4,
        )
    )
    assert found == {
        "id": "id_station", "title": "nom_station", "time": "date_maj", "until": "date_fin",
        "severity": "niveau",
    }  # fmt: skip


def test_an_identity_is_always_there_and_never_twice():
    assert "id" not in roles(records(id=lambda n: n % 5))
    incomplete = [*records(3, id=lambda n: n), Record(properties={"x": 1})]
    assert "id" not in roles(incomplete)


def test_what_the_format_gives_itself_is_said_and_left_alone():
    found = proposals([Record(id="a", title="b", time=1, until=2)], {})
    assert {p.role: p.value for p in found} == {"id": "", "title": "", "time": "", "until": ""}
    assert all("format" in p.reason for p in found)


def test_hints_of_the_format_win():
    assert roles(records(id=lambda n: n, code=lambda n: -n), id="code", refresh="60") == {
        "id": "code", "refresh": "60",
    }  # fmt: skip


def test_a_hint_that_names_no_field_is_what_the_format_gives_itself():
    given = [Record(id=f"r{n}", properties={"nom": f"n{n}"}) for n in range(5)]
    assert roles(given, id="UID")["id"] == ""
    assert "time" not in roles(given, time="DTSTART")


def test_numbers_in_words_are_no_title():
    assert "title" not in roles(records(coordinates=lambda n: f"48.{n}, 2.{n}"))


def test_the_name_of_a_thing_is_its_title_and_not_its_number():
    found = records(**{"ID du lieu": lambda n: f"L{n}", "nom_lieu": lambda n: f"Lieu {n % 7}"})
    assert roles(found)["title"] == "nom_lieu"


def test_each_proposal_has_its_reason():
    for proposal in proposals(records(id=lambda n: n, nom=lambda n: f"n{n}"), {}):
        assert proposal.reason


@pytest.mark.parametrize("name", ["date_maj", "heure", "updated_at", "horodatage"])
def test_a_field_that_is_only_called_a_date_is_none(name: str):
    assert "time" not in roles(records(**{name: "bientôt"}))


@pytest.mark.parametrize(
    ("fields", "mode", "field"),
    [
        ({"niveau": lambda n: ["vert", "jaune", "rouge"][n % 3]}, "values", "niveau"),
        ({"magnitude": lambda n: n / 3}, "graduated", "magnitude"),
        ({"type_site": lambda n: ["gare", "stade"][n % 2]}, "values", "type_site"),
        ({"nom": lambda n: f"n{n}"}, "single", ""),
    ],
)
def test_a_style_follows_the_fields(fields: dict, mode: str, field: str):
    found = style(records(**fields))
    assert (found.mode, found.field) == (mode, field)
    assert found.reason


def test_many_points_are_gathered():
    assert style(records(2_000, nom="x")).mode == "cluster"


def test_nothing_is_proposed_for_nothing():
    assert proposals([], {}) == []
    assert style([]).mode == "single"
