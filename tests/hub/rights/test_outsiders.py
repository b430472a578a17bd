"""Who has no session any more, no right yet or no right any more: nothing exists for them."""

import time
from collections.abc import Callable
from itertools import count

import httpx
import pytest

from beffroi.access.rights import Grant
from beffroi.errors import BeffroiError
from beffroi.sync import wire
from tests.hub.pens import publish
from tests.hub.real import WS, Person
from tests.hub.rights.house import House, said
from tests.hub.rights.rows import MATRIX

PUBLIC = {
    ("GET", "/hello"), ("POST", "/enrol"), ("GET", "/openapi.json"), ("HEAD", "/openapi.json"),
    ("POST", "/session"), ("POST", "/session/oidc/start"), ("POST", "/session/oidc/poll"),
    ("GET", "/session/oidc/callback"), ("POST", "/session/oidc/confirm"),
}  # fmt: skip
"""What needs no session; the page and the probes stand outside the API."""
CLOSED = [at for at in MATRIX if at not in PUBLIC and not at[1].startswith("root:")]
HOUR_MS = 3_600_000
_names = count()


def comes(house: House, **grant: object) -> Person:
    """Someone new with one right (a writer's of everything, unless said otherwise)."""
    told = {"role": "writer", "marking": "DR_SF", "caveats": ("MEDICAL",), **grant}
    name = f"nouveau-{next(_names)}"
    return house.world.run(house.world.enter(name, told, organisation="SDIS"))


def now(house: House) -> int:
    return house.world.hub.clock.now()


def tried(house: House, person: Person, at: tuple[str, str], **headers: str) -> httpx.Response:
    """That address, as well as it may be asked."""
    things = house.things[WS, "np"]
    path = at[1].format(
        uid=things.entry, digest=things.digest, workspace=WS, session_id="x", session="x"
    )
    told = {**house.headers(person.account), "upload-offset": "0", "upload-length": "5", **headers}
    params = {"workspace": WS, "bucket": f"{WS}/NP", "format": "json"}
    with house.http.stream(
        at[0], f"/api/v1{path}", params=params, headers=told,
        content=b"{}" if at[0] in ("POST", "PATCH") else None,
    ) as answer:  # fmt: skip
        if answer.status_code >= 400:
            answer.read()
        return answer


def everywhere(house: House, person: Person, status: int, **headers: str) -> None:
    """At every address that wants a session, one and the same refusal."""
    told = {said(tried(house, person, at, **headers))[:2] for at in CLOSED if at[0] != "HEAD"}
    assert {status for status, _body in told} == {status}, told
    assert len({body for _status, body in told}) == 1, told
    for at in CLOSED:
        if at[0] == "HEAD":
            assert tried(house, person, at, **headers).status_code == status, at


def test_without_a_session_nothing_answers(house: House) -> None:
    person = comes(house)
    everywhere(house, person, 401, authorization="")
    everywhere(house, person, 401, authorization="Bearer jeton-invente")
    everywhere(house, person, 401, authorization="Basic YTpi")


def test_a_stolen_token_opens_nothing_at_another_station(house: House) -> None:
    thief, victim = comes(house), comes(house)
    everywhere(house, thief, 401, authorization=f"Bearer {victim.token}")


def test_a_station_that_is_none_of_ours_opens_nothing(house: House) -> None:
    person = comes(house)
    everywhere(house, person, 403, **{"beffroi-peer": "ab" * 32})


def ended(house: House, person: Person) -> None:
    sessions = house.world.hub.people.sessions
    for opened in house.world.run(sessions.living(person.account)):
        house.world.run(sessions.end(opened.id, "ended"))


def locked(house: House, person: Person) -> None:
    house.world.run(house.world.hub.people.accounts.lock(person.account))


def expired(house: House, person: Person) -> None:
    async def pass_time() -> None:
        async with house.world.hub.database.write() as session:
            await session.run(
                "UPDATE session SET expires = ? WHERE account = ?", now(house) - 1, person.account
            )
        house.world.hub.people._known.clear()

    house.world.run(pass_time())


def secret_changed(house: House, person: Person) -> None:
    accounts = house.world.hub.people.accounts
    house.world.run(accounts.change_secret(person.account, "un-autre-secret-long"))


@pytest.mark.parametrize("out", [ended, locked, expired, secret_changed])
def test_a_session_that_is_over_opens_nothing(
    house: House, out: Callable[[House, Person], None]
) -> None:
    person = comes(house)
    assert tried(house, person, ("GET", "/logbook/counts")).status_code == 200
    out(house, person)
    house.world.run(house.world.hub.people.hear())
    everywhere(house, person, 401)


def test_a_revoked_station_is_told_so_everywhere_and_nothing_else(house: House) -> None:
    person = comes(house)
    house.world.run(house.world.hub.people.devices.revoke(person.device, "perdu"))
    house.world.run(house.world.hub.people.hear())
    everywhere(house, person, 403)
    assert tried(house, person, ("GET", "/session")).json()["code"] == "revoked"


def test_nobody_logs_in_on_a_locked_account_or_learns_that_it_is(house: House) -> None:
    person = comes(house)
    locked(house, person)

    def log_in(secret: str) -> httpx.Response:
        login = wire.encode(wire.Login(account=person.account, secret=secret))
        where = {"x-forwarded-for": f"10.9.{next(_names)}.1"}
        return house.ask(person.account, "POST", "/session", content=login, headers=where)

    assert log_in("faux").json()["code"] == "secret", "who does not know the secret learns nothing"
    right = log_in("un-secret-assez-long")
    assert (right.status_code, right.json()["code"]) == (403, "locked")


NOT_IN_FORCE = {
    "not yet": lambda at: {"not_before": at + HOUR_MS},
    "over": lambda at: {"not_before": 1, "not_after": at - HOUR_MS},
    "over, grace too": lambda at: {"not_after": at - HOUR_MS, "grace": HOUR_MS // 2},
}
IN_FORCE = {
    "for ever": lambda _at: {},
    "since a moment": lambda at: {"not_before": at - 1_000},
    "until later": lambda at: {"not_after": at + HOUR_MS},
    "in grace": lambda at: {"not_after": at - HOUR_MS, "grace": 2 * HOUR_MS},
}


@pytest.mark.parametrize("when", [*NOT_IN_FORCE, *IN_FORCE])
def test_a_right_holds_from_its_beginning_to_the_end_of_its_grace(house: House, when: str) -> None:
    holds = when in IN_FORCE
    person = comes(house, **(NOT_IN_FORCE | IN_FORCE)[when](now(house)))
    for at in (("GET", "/logbook/counts"), ("GET", "/sync/state"), ("GET", "/sync/live"),
               ("GET", "/logbook/entries/{uid}"), ("GET", "/attachments/{digest}")):  # fmt: skip
        assert tried(house, person, at).status_code == (200 if holds else 404), (when, at)
    [outcome] = house.push(person.account, publish(person, "maintenant", marking="NP"))
    assert (outcome.status, outcome.why) == (("kept", "") if holds else ("refused", "rights")), when
    told = house.ask(person.account, "GET", "/session").json()
    assert bool(told["rights"]) == bool(told["workspaces"]) == holds


def test_a_right_ends_at_its_minute_without_anybody_doing_anything(house: House) -> None:
    """The wall clock alone ends it, streams included."""
    person = comes(house, not_after=now(house) + 2_500)
    with house.http.stream(
        "GET", "/api/v1/sync/live", params={"workspace": WS}, headers=person.headers
    ) as stream:
        assert stream.status_code == 200
        words = b"".join(stream.iter_raw())
    assert b'"rights":true' in words
    end = time.monotonic() + 5
    while tried(house, person, ("GET", "/logbook/counts")).status_code != 404:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_withdrawn_means_gone_at_once(house: House) -> None:
    person = comes(house)
    assert tried(house, person, ("GET", "/sync/state")).status_code == 200
    grants = house.world.hub.people.grants
    for held in house.world.run(grants.all(person.account)):
        house.world.run(grants.withdraw(held.id))
    house.world.run(house.world.hub.people.hear())
    for at in (("GET", "/sync/state"), ("GET", "/logbook/entries"), ("GET", "/sync/live")):
        assert tried(house, person, at).status_code == 404, at


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("security", "functional_admin"), ("security", "technical_admin"), ("dpo", "media_watch"),
        ("security", "writer"), ("technical_admin", "room_chief"), ("functional_admin", "liaison"),
    ],
)  # fmt: skip
def test_who_keeps_the_house_who_watches_it_and_who_writes_are_never_one(
    house: House, first: str, second: str
) -> None:
    for one, other in ((first, second), (second, first)):
        person = comes(house, role=one)
        both = Grant(account=person.account, workspace=WS, role=other, marking="NP")
        with pytest.raises(BeffroiError):
            house.world.run(house.world.hub.people.grants.give(both, "essai"))
