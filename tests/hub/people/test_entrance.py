"""Coming in: a station by its certificate, a person by their secret; every refusal is one sentence."""

import asyncio
import base64
import os
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from beffroi.access.rights import Grant
from beffroi.sync import wire
from beffroi.sync.wire import WorkspaceInfo
from hub.keys import Keys
from hub.keys.authority import key_pem, new_key, pem
from hub.settings import Settings
from tests.hub.people.house import SECRET, House, bearer, opened, request_of, trouble

JOP = WorkspaceInfo(workspace="jop-2024", title="Paris 2024", prefix="MC-2024")
CHIEF = Grant(account="", workspace="jop-2024", role="room_chief", marking="DR_SF")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        await house.hub.people.workspaces.add(JOP)
        await house.person("c.durand", CHIEF, organisation="CNCS")
        yield house


async def actions(house: House) -> list[str]:
    await house.hub.trail.flush()
    async with house.hub.database.read() as session:
        return [str(row[0]) for row in await session.rows("SELECT action FROM trail ORDER BY seq")]


async def test_a_station_enrols_and_a_person_logs_in(house: House) -> None:
    own, enrolled = await house.enrol(house.welcome.code, "Bureau 12")
    assert enrolled.station_code == "S1"
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
        assert (reply.display, reply.organisation) == ("C.Durand", "CNCS")
        assert [w.workspace for w in reply.workspaces] == ["jop-2024"]
        assert [(r.role, r.marking) for r in reply.rights] == [("room_chief", "DR_SF")]
        assert "ORG:*" in reply.rights[0].caveats
        assert len(bytes.fromhex(reply.unlock)) == 32
        again = await client.get("/session", headers=bearer(reply))
        now = wire.decoder(wire.SessionReply).decode(again.content)
        assert (now.token, now.unlock) == (reply.token, reply.unlock)
        assert now.expires >= reply.expires
    assert {"account.added", "device.enrolled", "session.opened"} <= set(await actions(house))


async def test_the_cache_of_each_station_has_its_own_key(house: House) -> None:
    unlocks = set()
    for _station in range(2):
        own, _enrolled = await house.enrol()
        async with house.client(own) as client:
            unlocks |= {(await house.log_in(client, "c.durand")).unlock for _time in range(2)}
    assert len(unlocks) == 2


async def test_a_code_enrols_one_station_once(house: House) -> None:
    await house.enrol(house.welcome.code)
    for code in (house.welcome.code, "aaaa-bbbb-cccc-dddd-eeee", ""):
        told = wire.encode(wire.Enrol(code=code, station="x", request=request_of(new_key())))
        async with house.client() as client:
            assert trouble(await client.post("/enrol", content=told)) == (403, "code")


async def test_two_stations_with_one_code_at_once_are_one_station(house: House) -> None:
    told = [
        wire.encode(wire.Enrol(code=house.welcome.code, station="x", request=request_of(new_key())))
        for _n in range(5)
    ]
    async with house.client() as client:
        answers = await asyncio.gather(*(client.post("/enrol", content=each) for each in told))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403, 403]


async def test_a_code_ends_after_a_day(house: House) -> None:
    house.time.ahead = 86_400_001
    told = wire.encode(
        wire.Enrol(code=house.welcome.code, station="x", request=request_of(new_key()))
    )
    async with house.client() as client:
        assert trouble(await client.post("/enrol", content=told)) == (403, "code")


async def test_without_certificate_nobody_logs_in(house: House) -> None:
    async with house.client() as client:
        login = wire.encode(wire.Login(account="c.durand", secret=SECRET))
        assert trouble(await client.post("/session", content=login)) == (403, "device")


async def test_a_certificate_of_our_authority_that_no_station_was_given_is_no_use(
    house: House, tmp_path: Path
) -> None:
    key = new_key()
    own = tmp_path / "stray.pem"
    stray = house.hub.keys.authority.station(request_of(key), "stray")
    own.write_bytes(key_pem(key) + pem(stray))
    async with house.client(own) as client:
        login = wire.encode(wire.Login(account="c.durand", secret=SECRET))
        assert trouble(await client.post("/session", content=login)) == (403, "device")


async def test_a_certificate_of_another_authority_is_refused_by_tls(
    house: House, tmp_path: Path
) -> None:
    other = Keys.made(tmp_path / "other", house.time.clock)
    key = new_key()
    own = tmp_path / "stranger.pem"
    own.write_bytes(key_pem(key) + pem(other.authority.station(request_of(key), "x")))
    async with house.client(own) as client:
        with pytest.raises((httpx.HTTPError, ssl.SSLError)):
            await client.get("/hello")


async def test_a_token_is_of_no_use_at_another_station(house: House) -> None:
    one, _enrolled = await house.enrol()
    other, _enrolled = await house.enrol()
    async with house.client(one) as client:
        reply = await house.log_in(client, "c.durand")
    async with house.client(other) as client:
        assert trouble(await client.get("/session", headers=bearer(reply))) == (401, "session")
    async with house.client() as client:
        assert trouble(await client.get("/session", headers=bearer(reply))) == (403, "device")


@pytest.mark.parametrize("name", ["c.durand", "personne", "admin' OR 1=1 --", "\x00", "x" * 5000])
async def test_five_wrong_tries_make_one_wait_longer_each_time(house: House, name: str) -> None:
    own, _enrolled = await house.enrol()
    wrong = wire.encode(wire.Login(account=name, secret="pas du tout cela"))
    async with house.client(own) as client:
        found = [trouble(await client.post("/session", content=wrong)) for _n in range(6)]
        assert found == [(401, "secret")] * 4 + [(429, "blocked")] * 2
        house.time.ahead += 15_001
        answer = await client.post("/session", content=wrong)
        assert trouble(answer) == (429, "blocked")
        assert int(answer.headers["retry-after"]) > 15
    refused = [action for action in await actions(house) if action.startswith("session.")]
    assert refused == ["session.refused"] * 6 + ["session.blocked"]


async def test_a_hundred_tries_at_once_are_no_way_round_the_fifth(house: House) -> None:
    own, _enrolled = await house.enrol()
    wrong = wire.encode(wire.Login(account="c.durand", secret="pas du tout cela"))
    async with house.client(own) as client:
        answers = await asyncio.gather(
            *(client.post("/session", content=wrong) for _n in range(40))
        )
    found = [trouble(answer) for answer in answers]
    assert found.count((401, "secret")) <= 4
    assert set(found) <= {(401, "secret"), (429, "blocked"), (503, "busy")}


async def test_the_right_secret_waits_too_and_then_forgets_the_tries(house: House) -> None:
    own, _enrolled = await house.enrol()
    wrong = wire.encode(wire.Login(account="c.durand", secret="pas du tout cela"))
    right = wire.encode(wire.Login(account="c.durand", secret=SECRET))
    async with house.client(own) as client:
        for _n in range(5):
            await client.post("/session", content=wrong)
        assert trouble(await client.post("/session", content=right)) == (429, "blocked")
        house.time.ahead += 15_001
        assert (await client.post("/session", content=right)).status_code == 201
        assert trouble(await client.post("/session", content=wrong)) == (401, "secret")


async def test_a_secret_typed_as_a_name_is_written_nowhere(house: House) -> None:
    own, _enrolled = await house.enrol()
    slip = wire.encode(wire.Login(account="mon mot de passe secret", secret="c.durand"))
    async with house.client(own) as client:
        for _n in range(7):
            await client.post("/session", content=slip)
    await house.hub.trail.flush()
    async with house.hub.database.read() as session:
        for table in ("trail", "session", "device_author", "attempt"):
            rows = await session.rows(f"SELECT * FROM {table}")
            assert "mon mot de passe secret" not in repr(rows)


async def test_no_secret_or_token_lies_in_the_database(house: House) -> None:
    own, _enrolled = await house.enrol(house.welcome.code)
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
    async with house.hub.database.read() as session:
        tables = await session.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            if table in (
                "account",
                "session",
                "invitation",
                "device",
                "trail",
                "attempt",
                "notice",
            ):
                told = repr(await session.rows(f"SELECT * FROM {table}"))
                for secret in (SECRET, reply.token, reply.unlock, house.welcome.code):
                    assert secret not in told


async def test_a_locked_account_is_told_so_only_to_who_knows_its_secret(house: House) -> None:
    own, _enrolled = await house.enrol()
    await house.hub.people.accounts.lock("c.durand")
    right = wire.encode(wire.Login(account="c.durand", secret=SECRET))
    wrong = wire.encode(wire.Login(account="c.durand", secret="pas du tout cela"))
    async with house.client(own) as client:
        assert trouble(await client.post("/session", content=right)) == (403, "locked")
        assert trouble(await client.post("/session", content=wrong)) == (401, "secret")


async def test_a_revoked_station_is_told_so_at_once(house: House) -> None:
    own, enrolled = await house.enrol()
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
        await house.hub.people.devices.revoke(enrolled.device, "perdu")
        await house.hub.people.hear()
        assert trouble(await client.get("/session", headers=bearer(reply))) == (403, "revoked")
        login = wire.encode(wire.Login(account="c.durand", secret=SECRET))
        assert trouble(await client.post("/session", content=login)) == (403, "revoked")


async def test_sessions_are_listed_and_ended_by_their_owner(house: House) -> None:
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        first = await house.log_in(client, "c.durand")
        second = await house.log_in(client, "c.durand")
        listed = (await client.get("/sessions", headers=bearer(second))).json()
        assert len(listed) == 2
        other = next(each["id"] for each in listed if not each["here"])
        ended = await client.delete(f"/sessions/{other}", headers=bearer(second))
        assert ended.status_code == 204
        assert trouble(await client.get("/session", headers=bearer(first))) == (401, "session")
        assert (await client.delete("/session", headers=bearer(second))).status_code == 204
        assert trouble(await client.get("/session", headers=bearer(second))) == (401, "session")


async def test_only_who_keeps_the_house_ends_the_sessions_of_others(house: House) -> None:
    await house.person("a.petit", CHIEF)
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        victim = await house.log_in(client, "c.durand")
        curious = await house.log_in(client, "a.petit")
        officer = await house.log_in(client, "rssi", house.welcome.secrets["rssi"])
        mine = (await client.get("/sessions", headers=bearer(curious))).json()
        assert [each["account"] for each in mine] == ["a.petit"]
        every = (await client.get("/sessions", headers=bearer(officer))).json()
        assert {each["account"] for each in every} == {"c.durand", "a.petit", "rssi"}
        target = next(each["id"] for each in every if each["account"] == "c.durand")
        refused = await client.delete(f"/sessions/{target}", headers=bearer(curious))
        unknown = await client.delete("/sessions/nothing", headers=bearer(curious))
        assert refused.content == unknown.content
        assert trouble(refused) == (404, "not_found")
        assert (
            await client.delete(f"/sessions/{target}", headers=bearer(officer))
        ).status_code == 204
        assert trouble(await client.get("/session", headers=bearer(victim))) == (401, "session")


async def test_a_session_ends_after_its_shift_and_is_prolonged_within_limits(house: House) -> None:
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
        for _shift in range(3):
            house.time.ahead += 11 * 3_600_000
            assert (await client.get("/session", headers=bearer(reply))).status_code == 200
        house.time.ahead += 4 * 3_600_000
        assert trouble(await client.get("/session", headers=bearer(reply))) == (401, "session")


async def test_a_person_takes_another_secret(house: House) -> None:
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
        for old, new, code in (("faux mot de passe", "une autre longue phrase", (403, "secret")),
                               (SECRET, "court", (422, "refused"))):  # fmt: skip
            answer = await client.post("/session/secret", json={"old": old, "new": new}, headers=bearer(reply))  # fmt: skip
            assert trouble(answer) == code
        answer = await client.post("/session/secret", json={"old": SECRET, "new": "une autre longue phrase"}, headers=bearer(reply))  # fmt: skip
        assert answer.status_code == 204
        assert trouble(await client.get("/session", headers=bearer(reply))) == (401, "session")
        await house.log_in(client, "c.durand", "une autre longue phrase")


async def test_a_station_signs_with_its_own_key_in_its_own_workspace(house: House) -> None:
    own, enrolled = await house.enrol()
    other, _enrolled = await house.enrol()
    public = base64.b64encode(os.urandom(32)).decode()
    key = wire.encode(wire.SigningKey(workspace="jop-2024", public=public))
    devices = house.hub.people.devices
    async with house.client(own) as client:
        reply = await house.log_in(client, "c.durand")
        for path, body, code in (
            ("/workspaces/pref-17/keys", wire.encode(wire.SigningKey(workspace="pref-17", public=public)), (404, "not_found")),
            ("/workspaces/jop-2024/keys", wire.encode(wire.SigningKey(workspace="jop-2024", public="AAAA")), (422, "refused")),
            ("/workspaces/jop-2024/keys", b"[]", (400, "malformed")),
        ):  # fmt: skip
            assert trouble(await client.post(path, content=body, headers=bearer(reply))) == code
        added = await client.post("/workspaces/jop-2024/keys", content=key, headers=bearer(reply))
        assert added.status_code == 204
    assert await devices.signing_keys(enrolled.device, "jop-2024") == (public,)
    assert await devices.authors(enrolled.device) == {"c.durand"}
    async with house.client(other) as client:
        reply = await house.log_in(client, "c.durand")
        stolen = await client.post("/workspaces/jop-2024/keys", content=key, headers=bearer(reply))
        assert trouble(stolen) == (422, "refused")


async def test_hello_says_whom_to_trust_and_nothing_more(house: House) -> None:
    async with house.client() as client:
        answer = await client.get("/hello")
    assert answer.json()["authority"] == house.hub.keys.authority_pem
    assert "PRIVATE" not in answer.text
    assert "server" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert abs(int(answer.headers["beffroi-time"]) - house.time.clock.now()) < 5_000


@pytest.mark.parametrize("body", [b"", b"null", b"{", b"[" * 50_000, b'{"account":1}', b"\xff\xfe", b"x" * 70_000])  # fmt: skip
async def test_a_login_that_is_none_is_refused_in_one_sentence(house: House, body: bytes) -> None:
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        assert trouble(await client.post("/session", content=body))[0] in (400, 413)


async def test_on_postgresql_people_come_in_as_well(tmp_path: Path, postgres_url: str) -> None:
    settings = Settings(data=tmp_path / "hub", database=postgres_url)
    async with opened(tmp_path, settings) as house:
        await house.hub.people.workspaces.add(JOP)
        await house.person("c.durand", CHIEF)
        own, enrolled = await house.enrol(house.welcome.code, "Bureau 12")
        wrong = wire.encode(wire.Login(account="c.durand", secret="pas du tout cela\x00"))
        async with house.client(own) as client:
            found = [trouble(await client.post("/session", content=wrong)) for _n in range(5)]
            assert found[-1] == (429, "blocked")
            house.time.ahead += 15_001
            reply = await house.log_in(client, "c.durand")
            assert len((await client.get("/sessions", headers=bearer(reply))).json()) == 1
            strange = wire.encode(wire.Login(account="\x00'", secret="\x00"))
            assert trouble(await client.post("/session", content=strange)) == (401, "secret")
            await house.hub.people.devices.revoke(enrolled.device, "perdu")
            await house.hub.people.hear()
            assert trouble(await client.get("/session", headers=bearer(reply))) == (403, "revoked")
