"""Every role, in every scope, marking and caveat, at every address of the hub: nothing leaks."""

import pytest
from fastapi import FastAPI

from hub.app import create_app
from tests.hub.rights import rows_house, rows_reading, rows_sources, rows_sync
from tests.hub.rights.addresses import addresses
from tests.hub.rights.house import House
from tests.hub.rights.roles import EVERYONE
from tests.hub.rights.rows import MATRIX, Visit

assert all((rows_house, rows_reading, rows_sources, rows_sync)), "they fill the matrix"


def test_every_address_of_the_hub_has_its_row(house: House) -> None:
    there = addresses(create_app(house.world.hub))
    assert there - set(MATRIX) == set(), "say in a row who may be told what there"
    assert set(MATRIX) - there == set(), "these rows are about nothing"


def test_a_new_address_is_noticed() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_api_route("/api/v1/nouveau/{uid}", lambda: None, methods=["PUT"])
    assert addresses(app) == {("PUT", "/nouveau/{uid}")}


@pytest.mark.parametrize("address", MATRIX, ids=" ".join)
def test_nobody_is_told_more_than_they_may_know(house: House, address: tuple[str, str]) -> None:
    for held in EVERYONE:
        MATRIX[address](Visit(house, held))
