"""The page tells technical administrators how the hub is, and nobody else anything."""

import re

import httpx
import pytest

from hub.app import create_app
from hub.eyes import look
from hub.health.contacts import Contacts
from hub.page.entrance import COOKIE
from hub.page.html import page, tag
from hub.people.attempts import station
from hub.trail import Sealer
from tests.hub.page.conftest import SECRET
from tests.hub.real import World


async def enter(browser: httpx.AsyncClient, account: str = "admin", secret: str = SECRET):
    return await browser.post("/connexion", data={"account": account, "secret": secret})


async def acts(world: World) -> list[tuple[object, ...]]:
    await world.hub.trail.flush()
    async with world.hub.database.read() as session:
        return await session.rows("SELECT account, action FROM trail ORDER BY seq")


async def test_the_page_asks_who_comes_and_tells_nothing(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/")
    assert answer.status_code == 200
    assert "Mot de passe" in answer.text
    assert "Postes" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script" not in answer.text
    assert not re.search(r"https?://", answer.text)


async def test_an_administrator_sees_how_the_hub_is(
    browser: httpx.AsyncClient, world: World
) -> None:
    async with world.hub.database.write() as session:
        await session.run(
            "INSERT INTO quarantine (op_id, workspace, device, account, kind, why, at, op) "
            "VALUES ('o', 'jop-2024', 'device-chef', 'chef', 'entry.publish', 'signature', 5, ?)",
            b'{"payload":{"text":"secret"}}',
        )
    await Sealer(world.hub.trail).seal()
    entered = await enter(browser)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    for part in (f"{COOKIE}=", "HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in cookie
    text = (await browser.get("/")).text
    for part in (
        "Santé", "répond", "Poste chef", "S2", "signature fausse", "entry.publish", "Sessions",
        "Compartiments", "Scellé", "Dernière sauvegarde", "aucune encore",
    ):  # fmt: skip
        assert part in text, part
    assert "secret" not in text
    assert ("admin", "session.opened") in await acts(world)
    assert ("admin", "page.read") in await acts(world)


@pytest.mark.parametrize(
    ("account", "secret"), [("chef", SECRET), ("admin", "faux"), ("personne", SECRET)]
)
async def test_whoever_may_not_come_in_is_told_the_same_and_traced(
    browser: httpx.AsyncClient, world: World, account: str, secret: str
) -> None:
    answer = await enter(browser, account, secret)
    assert answer.status_code == 403
    assert "réservée aux administrateurs techniques" in answer.text
    assert "set-cookie" not in answer.headers
    known = "?" if account == "personne" else account
    assert (known, "page.refused") in await acts(world)


async def test_a_form_from_elsewhere_is_refused(browser: httpx.AsyncClient) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "", "origin": "https://x"},
    ):
        answer = await browser.post(
            "/connexion", data={"account": "admin", "secret": SECRET}, headers=headers
        )
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_many_wrong_tries_make_wait(browser: httpx.AsyncClient) -> None:
    for _try in range(6):
        answer = await enter(browser, "admin", "faux")
    assert "Trop d’essais" in answer.text
    assert "Trop d’essais" in (await enter(browser)).text


async def test_a_right_secret_without_the_right_role_shows_nothing(
    browser: httpx.AsyncClient,
) -> None:
    right = [(await enter(browser, "chef", SECRET)).text for _try in range(6)]
    wrong = [(await enter(browser, "personne", "faux")).text for _try in range(6)]
    assert [_without_seconds(text) for text in right] == [_without_seconds(text) for text in wrong]


def _without_seconds(text: str) -> str:
    return re.sub(r"dans \d+ secondes?", "", text)


async def test_a_secret_typed_as_a_name_is_not_in_the_trail(
    browser: httpx.AsyncClient, world: World
) -> None:
    for _try in range(7):
        await enter(browser, "mon mot de passe", "admin")
    assert {account for account, _action in await acts(world)} >= {"?"}
    assert "mon mot de passe" not in repr(await acts(world))


async def test_tries_on_the_page_keep_nobody_out_of_their_station(
    browser: httpx.AsyncClient, world: World
) -> None:
    for _try in range(8):
        await enter(browser, "chef", "faux")
    chef = world.people["chef"]
    waits = world.hub.people.attempts.wait_s("chef", station(chef.device), world.hub.clock.now())
    assert await waits == 0


async def test_a_session_of_the_page_ends_with_the_right_the_account_or_the_visit(
    browser: httpx.AsyncClient, world: World
) -> None:
    await enter(browser)
    assert "Santé" in (await browser.get("/")).text
    await world.hub.people.accounts.lock("admin")
    assert "Santé" not in (await browser.get("/")).text
    await world.hub.people.accounts.lock("admin", locked=False)
    await enter(browser)
    left = await browser.post("/deconnexion")
    assert left.status_code == 303
    assert "Santé" not in (await browser.get("/")).text
    assert ("admin", "session.closed") in await acts(world)


async def test_a_session_of_a_station_does_not_open_the_page(
    browser: httpx.AsyncClient, world: World
) -> None:
    browser.cookies.set(COOKIE, world.people["admin"].token, domain="hub")
    assert "Santé" not in (await browser.get("/")).text


async def test_forms_that_are_no_forms_are_refused(browser: httpx.AsyncClient) -> None:
    for body in (b"", b"\xff\xfe", b"a" * 7_000, b"&".join(b"a=1" for _n in range(50))):
        assert (await browser.post("/connexion", content=body)).status_code == 403
    assert (await browser.post("/connexion", content=b"a" * 9_000)).status_code == 413


async def test_the_metrics_name_nobody_and_are_not_where_stations_come(world: World) -> None:
    eyes = look(world.hub)
    stations = httpx.ASGITransport(app=create_app(world.hub, eyes))
    monitoring = httpx.ASGITransport(app=eyes.monitor())
    async with httpx.AsyncClient(transport=stations, base_url="https://hub") as browser:
        await browser.get("/")
        assert (await browser.get("/metrics")).status_code == 404
    async with httpx.AsyncClient(transport=monitoring, base_url="http://monitor") as prometheus:
        text = (await prometheus.get("/metrics")).text
        assert (await prometheus.get("/readyz")).text == "ok\n"
        assert (await prometheus.get("/")).status_code == 404
    for line in (
        "beffroi_hub_ledger_position 0.0", "beffroi_hub_enrolled_stations 2.0",
        "beffroi_hub_seal_age_seconds", "beffroi_hub_operations_kept_total 0.0",
        'beffroi_hub_sources{health="down"} 0.0', 'beffroi_hub_sources{health="ok"} 0.0',
        'beffroi_hub_request_seconds_count{method="GET",route="/",status="200"} 1.0',
    ):  # fmt: skip
        assert line in text, line
    for name in ("admin", "chef", "jop-2024"):
        assert name not in text


async def test_the_probes_say_whether_the_hub_serves(
    browser: httpx.AsyncClient, world: World
) -> None:
    assert (await browser.get("/healthz")).status_code == 200
    assert (await browser.get("/readyz")).status_code == 200
    await world.hub.database.close()
    assert (await browser.get("/healthz")).status_code == 200
    assert (await browser.get("/readyz")).status_code == 503


async def test_a_station_that_is_here_and_whose_clock_is_wrong_is_shown(
    browser: httpx.AsyncClient, world: World
) -> None:
    late = str(world.hub.clock.now() - 5_000)
    chef = {**world.people["chef"].headers, "beffroi-time": late, "authorization": ""}
    await browser.get("/healthz", headers=chef)
    await enter(browser)
    assert "−5,0\u00a0s" in (await browser.get("/")).text


async def test_a_clock_that_goes_astray_is_kept_and_traced_once_and_so_is_its_return(
    world: World,
) -> None:
    peer, now = world.people["chef"].peer, world.hub.clock.now
    eyes = look(world.hub)
    for _request in range(2):
        eyes.contacts.came(peer, now() - 7_000)
        await eyes.clocks.look()
    assert (
        next(d for d in await world.hub.people.devices.all() if d.fingerprint == peer).skew_ms
        == -7_000
    )
    eyes = look(world.hub)  # the hub was started again meanwhile
    eyes.contacts.came(peer, now() + 10)
    await eyes.clocks.look()
    await eyes.clocks.look()
    assert [act for _who, act in await acts(world) if act.startswith("station.")] == [
        "station.skewed", "station.on_time",
    ]  # fmt: skip


def test_a_slow_way_to_the_hub_does_not_make_a_clock_late(clock) -> None:
    contacts = Contacts(clock)
    for late in (3_000, 40, 5_000):
        contacts.came("a", clock.now() - late)
    assert contacts.skews() == {"a": -40}


def test_contacts_follow_streams_and_clocks(clock) -> None:
    contacts = Contacts(clock)
    contacts.came("a", clock.now() + 3_000)
    contacts.stream("a", 1)
    contacts.came("a", None)
    assert (contacts.of("a").live, contacts.of("a").skew_ms) == (1, 3_000)
    contacts.stream("a", -1)
    assert contacts.of("a").live == 0
    assert contacts.of("b") is None


def test_what_people_typed_never_becomes_markup() -> None:
    evil = '<script>alert("x")</script>'
    made = page(evil, tag("p", evil, title=evil))
    assert "<script" not in made
