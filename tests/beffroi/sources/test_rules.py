"""The small rules of sources: periods, definitions, roles of fields, shapes that change."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.plugin import Record
from beffroi.sources import settings
from beffroi.sources.definition import Roles, Source, fields_of, source_of
from beffroi.sources.mapping import mapped
from beffroi.sources.schedule import LONGEST_RETRY_S, Pace
from beffroi.sources.shape import broken, shape_of
from beffroi.store import Settings, Store


@given(st.integers(5, 86_400), st.integers(1, 60), st.floats(0, 86_400), st.integers())
def test_a_retry_never_comes_before_the_server_wants_nor_too_late(refresh_s: int, failures: int, asked_s: float, seed: int):  # fmt: skip
    pause = Pace(random.Random(seed)).retry_s(refresh_s, failures, asked_s)
    assert asked_s < pause <= asked_s + max(LONGEST_RETRY_S, refresh_s)


def test_retries_grow_and_are_never_in_step():
    pace = Pace(random.Random(1))
    assert pace.retry_s(3600, 1) < pace.retry_s(3600, 5) < pace.retry_s(3600, 8)
    assert len({round(pace.next_s(60), 3) for _turn in range(50)}) > 40


FIELDS = {"title": "Trafic", "transport": "http", "address": "https://a.example/x", "refresh_s": 60,
          "mapping": {"id": "code", "title": "nom"}, "options": {"layer": 2}, "family": "open_data"}  # fmt: skip


def test_a_source_is_the_fields_of_its_sheet():
    source = source_of("u", FIELDS)
    assert source.mapping == Roles(id="code", title="nom")
    assert source_of("u", fields_of(source)) == source


def test_periods_stay_within_bounds():
    source = source_of("u", {**FIELDS, "refresh_s": 1, "expect_s": 10**9, "retention_s": -3})
    assert (source.refresh_s, source.expect_s, source.retention_s) == (5, 31 * 86_400, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"refresh_s": "souvent"}, "refresh_s"),
        ({"family": "amis"}, "family"),
        ({"title": " "}, "titre"),
        ({"address": ""}, "adresse"),
        ({"transport": "paste"}, "adresse"),
        ({"options": {str(n): n for n in range(60)}}, "options"),
    ],
)
def test_a_sheet_that_makes_no_source_is_said(wrong: dict[str, object], words: str):
    with pytest.raises(BeffroiError, match=words):
        source_of("u", {**FIELDS, **wrong})


def test_fields_get_their_roles():
    told = {"code": 12, "nom": " Pont ", "quand": "26/07/2024 04:15", "x": "2,35", "y": "48.85"}
    roles = Roles(id="code", title="nom", time="quand", lon="x", lat="y")
    (record,) = mapped([Record(id="old", properties=told)], roles)
    assert (record.id, record.title) == ("12", "Pont")
    assert record.time == 1_721_960_100_000
    assert record.geometry == {"type": "Point", "coordinates": [2.35, 48.85]}


@pytest.mark.parametrize(
    ("x", "y"), [("2,35", None), ("est", 48), (200, 48), (True, 48), ("nan", 1)]
)
def test_what_is_no_place_leaves_the_place_that_was(x: str | int, y: str | int | None):
    place = {"type": "Point", "coordinates": [1.0, 1.0]}
    record = Record(geometry=place, properties={"x": x, "y": y})
    assert next(mapped([record], Roles(lon="x", lat="y"))).geometry == place


def _records(*names: str, place: bool = True) -> list[Record]:
    geometry = {"type": "Point", "coordinates": [2.0, 48.0]} if place else None
    return [Record(geometry=geometry, properties=dict.fromkeys(names, n + 1)) for n in range(4)]


def test_a_source_that_lost_its_fields_or_places_is_noticed():
    known = shape_of(_records("id", "état", "débit"))
    assert broken(_records("id", "état", "débit", "neuf"), known, Roles(), snapshot=True) == ""
    assert broken([], known, Roles(), snapshot=True) == ""
    assert "n’y sont plus" in broken(_records("a", "b"), known, Roles(), snapshot=True)
    assert "position" in broken(_records("id", "état", "débit", place=False), known, Roles(), snapshot=True)  # fmt: skip
    assert "«\u202fcode\u202f»" in broken(_records("id"), (), Roles(id="code"), snapshot=False)


def test_no_source_opens_the_secret_of_another(tmp_path):
    store = Store(tmp_path / "store.db", bytes(range(32)))
    kept = Settings(store)
    name = settings.put_secret(kept, "a", "clef", "https://a.example/x")
    kept.put("hub/seed", "la clef du poste")
    assert settings.secret_of(kept, asking("a", name)) == "clef"
    assert settings.secret_of(kept, asking("a", name, "https://A.example/autre?b=1")) == "clef"
    assert settings.secret_of(kept, asking("b", name)) == ""
    assert settings.secret_of(kept, asking("b", "hub/seed")) == ""
    store.close()


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/x", "http://a.example/x", "https://a.example:8443/x", "https://a.example@evil.example/",
     "https://a.example.evil.example/x", "https://[::1", ""],
)  # fmt: skip
def test_a_secret_is_never_said_to_another_machine(tmp_path, address: str):
    """Whoever may change a shared source could else have its author's key sent to theirs."""
    store = Store(tmp_path / "store.db", bytes(range(32)))
    kept = Settings(store)
    name = settings.put_secret(kept, "a", "clef", "https://a.example/x")
    assert settings.secret_of(kept, asking("a", name, address)) == ""
    store.close()


def asking(uid: str, secret: str, address: str = "https://a.example/x") -> Source:
    return Source(uid=uid, title="Trafic", address=address, secret=secret)
