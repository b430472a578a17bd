"""Logging in through a real identity provider (Canaille, on a port of its own)."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from hub.entrance.provider import Provider
from hub.people import Account
from hub.settings import Oidc, Settings
from tests.hub.people.house import House, bearer, opened, trouble

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
async def house(tmp_path: Path, iam_server: Any) -> AsyncIterator[House]:
    oidc = Oidc(
        issuer=iam_server.url.rstrip("/"), client_id="beffroi", client_secret="tres-secret-et-long"
    )
    settings = Settings(data=tmp_path / "hub", oidc=oidc)
    async with opened(tmp_path, settings) as house:
        registered(iam_server, house)
        yield house


def registered(iam_server: Any, house: House) -> None:
    """The hub, as the provider's administrator declares it."""
    redirect = f"{house.hub.settings.public_url()}{wire.API}/session/oidc/callback"
    known = iam_server.backend.get(iam_server.models.Client, client_id="beffroi")
    client = known or iam_server.models.Client(client_id="beffroi")
    iam_server.backend.update(
        client, client_name="Beffroi", client_secret="tres-secret-et-long", redirect_uris=[redirect],
        grant_types=["authorization_code"], response_types=["code"], scope=["openid", "profile", "email"],
        token_endpoint_auth_method="client_secret_basic",
    )  # fmt: skip
    iam_server.backend.save(client)
    client.audience = [client]
    iam_server.backend.save(client)


@pytest.fixture
def claire(iam_server: Any) -> Any:
    user = iam_server.models.User(
        formatted_name="Claire Durand", family_name="Durand", user_name="cdurand",
        emails=["claire@durand.fr"], password="correct horse battery staple",
    )  # fmt: skip
    iam_server.backend.save(user)
    yield user
    iam_server.logout()
    iam_server.backend.delete(user)


async def browsed(house: House, iam_server: Any, user: Any, url: str) -> httpx.Response:
    """The person's browser: to the provider, and back to the hub with what it gave."""
    iam_server.login(user)
    iam_server.consent(user)
    async with httpx.AsyncClient() as browser:
        there = await browser.get(url)
    assert there.status_code == 302, there.text
    back = there.headers["location"]
    async with httpx.AsyncClient(verify=house.trust) as browser:
        return await browser.get(back)


async def started(client: httpx.AsyncClient) -> dict[str, str]:
    answer = await client.post("/session/oidc/start")
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


async def confirmed(house: House, page: httpx.Response) -> httpx.Response:
    proof = re.search(r'name="proof" value="([^"]+)"', page.text)
    assert proof is not None
    async with house.client() as browser:
        return await browser.post("/session/oidc/confirm", data={"proof": proof[1]})


async def test_a_person_logs_in_through_the_provider(
    house: House, iam_server: Any, claire: Any
) -> None:
    await house.hub.people.accounts.add(
        Account(name="c.durand", display="Claire <Durand>", subject="cdurand")
    )
    own, _enrolled = await house.enrol(name="Bureau 12")
    async with house.client(own) as client:
        begun = await started(client)
        assert (
            await client.post("/session/oidc/poll", json={"poll": begun["poll"]})
        ).status_code == 202
        page = await browsed(house, iam_server, claire, begun["url"])
        assert page.status_code == 200
        assert "Claire &lt;Durand&gt;" in page.text
        assert "Bureau 12" in page.text
        assert (
            await client.post("/session/oidc/poll", json={"poll": begun["poll"]})
        ).status_code == 202
        assert (await confirmed(house, page)).status_code == 200
        answer = await client.post("/session/oidc/poll", json={"poll": begun["poll"]})
        assert answer.status_code == 201
        reply = wire.decoder(wire.SessionReply).decode(answer.content)
        assert reply.account == "c.durand"
        assert (await client.get("/session", headers=bearer(reply))).status_code == 200
        assert (
            trouble(await client.post("/session/oidc/poll", json={"poll": begun["poll"]}))[0] == 404
        )
    (session,) = await house.hub.people.sessions.living()
    assert session.how == "oidc"


async def test_someone_whom_the_hub_does_not_know_does_not_come_in(
    house: House, iam_server: Any, claire: Any
) -> None:
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        begun = await started(client)
        page = await browsed(house, iam_server, claire, begun["url"])
        assert page.status_code == 403
        assert "administrateur" in page.text
        answer = await client.post("/session/oidc/poll", json={"poll": begun["poll"]})
        assert trouble(answer) == (403, "secret")


async def test_another_station_cannot_take_the_session(
    house: House, iam_server: Any, claire: Any
) -> None:
    await house.hub.people.accounts.add(
        Account(name="c.durand", display="Claire", subject="cdurand")
    )
    own, _enrolled = await house.enrol()
    thief, _enrolled = await house.enrol()
    async with house.client(own) as client, house.client(thief) as other:
        begun = await started(client)
        await confirmed(house, await browsed(house, iam_server, claire, begun["url"]))
        stolen = await other.post("/session/oidc/poll", json={"poll": begun["poll"]})
        assert trouble(stolen)[0] == 404
        nobody = house.client()
        async with nobody:
            bare = await nobody.post("/session/oidc/poll", json={"poll": begun["poll"]})
            assert trouble(bare) == (403, "device")


async def test_a_sign_in_is_answered_once_and_not_for_ever(
    house: House, iam_server: Any, claire: Any
) -> None:
    await house.hub.people.accounts.add(
        Account(name="c.durand", display="Claire", subject="cdurand")
    )
    own, _enrolled = await house.enrol()
    async with house.client(own) as client:
        begun = await started(client)
        page = await browsed(house, iam_server, claire, begun["url"])
        assert (await confirmed(house, page)).status_code == 200
        assert (await confirmed(house, page)).status_code == 410
        begun = await started(client)
        house.time.ahead += 301_000
        assert (await browsed(house, iam_server, claire, begun["url"])).status_code == 410
        assert (
            trouble(await client.post("/session/oidc/poll", json={"poll": begun["poll"]}))[0] == 404
        )


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied&state=%C3%A9"])
async def test_a_forged_return_is_a_page_that_says_what_to_do(house: House, query: str) -> None:
    async with house.client() as browser:
        page = await browser.get(f"/session/oidc/callback{query}")
    assert page.status_code == 410
    assert "recommencez" in page.text
    assert "script" not in page.headers["content-security-policy"]


async def test_the_code_of_another_sign_in_proves_nothing(
    house: House, iam_server: Any, claire: Any
) -> None:
    await house.hub.people.accounts.add(
        Account(name="c.durand", display="Claire", subject="cdurand")
    )
    own, _enrolled = await house.enrol()
    iam_server.login(claire)
    iam_server.consent(claire)
    for part in ("nonce", "verifier"):
        async with house.client(own) as client, httpx.AsyncClient() as browser:
            begun = await started(client)
            back = (await browser.get(begun["url"])).headers["location"]
        async with house.hub.database.write() as session:
            # The provider's answer is now that of a sign-in which this hub did not begin.
            await session.run(f"UPDATE sign_in SET {part} = ?", "x" * 43)
        async with httpx.AsyncClient(verify=house.trust) as client:
            assert (await client.get(back)).status_code == 403


async def test_a_provider_that_is_away_or_unsafe_is_one_sentence(house: House) -> None:
    for issuer in ("http://localhost:9", "http://idp.example.fr", "https://localhost:1"):
        provider = Provider(Oidc(issuer=issuer, client_id="a", client_secret="b"), house.time.clock)
        with pytest.raises(BeffroiError, match="ne répond pas"):
            await asyncio.wait_for(provider.address("https://x", "s", "n", "v" * 43), 5)
