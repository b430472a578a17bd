"""What is hidden takes as long to deny as what is not there."""

import statistics
import time
from collections.abc import Callable
from hashlib import sha256

import pytest

from beffroi.sync import wire
from tests.hub.real import WS
from tests.hub.rights.house import MISSING, NOWHERE, House

ACCOUNT = "writer-dr"
TURNS, BLOCKS = 15, 6
NOISE = 0.35
"""A part of the median: a read of the database that only one of both does is far above it."""
HIDDEN = (WS, "medical")
Ask = Callable[[House, bool], int]


def _entry(house: House, there: bool) -> int:
    uid = house.things[HIDDEN].entry if there else MISSING
    return house.ask(
        ACCOUNT, "GET", f"/logbook/entries/{uid}", params={"workspace": WS}
    ).status_code


def _seen(house: House, there: bool) -> int:
    uid = house.things[HIDDEN].entry if there else MISSING
    return house.ask(
        ACCOUNT, "GET", f"/logbook/entries/{uid}/seen", params={"workspace": WS}
    ).status_code


def _attachment(house: House, there: bool) -> int:
    digest = house.things[HIDDEN].digest if there else sha256(b"jamais").hexdigest()
    return house.ask(ACCOUNT, "GET", f"/attachments/{digest}").status_code


def _bucket(house: House, there: bool) -> int:
    bucket = f"{WS}/DR_SF/MEDICAL" if there else f"{WS}/DR_SF/JAMAIS"
    return house.ask(ACCOUNT, "GET", "/sync/state", params={"bucket": bucket}).status_code


def _workspace(house: House, there: bool) -> int:
    message = wire.Pull(workspace="exercice" if there else NOWHERE, cursors={})
    return house.ask(ACCOUNT, "POST", "/sync/pull", content=wire.encode(message)).status_code


def _presence(house: House, there: bool) -> int:
    uid = house.things[HIDDEN].entry if there else MISSING
    told = wire.Presence(account="x", entity=uid, doing="reading")
    return house.ask(
        ACCOUNT, "POST", "/sync/presence", content=wire.encode(told), params={"workspace": WS}
    ).status_code


def _have_seen(house: House, there: bool) -> int:
    uid = house.things[HIDDEN].entry if there else MISSING
    body = wire.encode({"workspace": WS, "entities": [uid]})
    return house.ask(ACCOUNT, "POST", "/sync/seen", content=body).status_code


def _search(house: House, there: bool) -> int:
    params = {"workspace": WS, "tag": "tag-medical" if there else "tag-jamais"}
    return house.ask(ACCOUNT, "GET", "/logbook/counts", params=params).status_code


@pytest.mark.parametrize(
    "ask", [_entry, _seen, _attachment, _bucket, _workspace, _presence, _have_seen, _search]
)
def test_denying_the_hidden_takes_as_long_as_denying_nothing(house: House, ask: Ask) -> None:
    """In turns, so that whatever else the machine does falls on both; the best block counts."""
    assert ask(house, True) == ask(house, False)
    differences = []
    for _block in range(BLOCKS):
        differences.append(_difference(house, ask))
        if abs(differences[-1]) < NOISE:
            return
    pytest.fail(f"{ask.__name__} tells them apart: {differences}")


def _difference(house: House, ask: Ask) -> float:
    """How much longer the hidden takes, as a part of what nothing takes."""
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(TURNS):
        for there in (True, False) if turn % 2 else (False, True):
            began = time.perf_counter()
            ask(house, there)
            spent[there].append(time.perf_counter() - began)
    hidden, nothing = (statistics.median(spent[there]) for there in (True, False))
    return (hidden - nothing) / nothing
