"""What a hub knows of people, on both engines: grants in time, notices to live streams, tries."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from beffroi.access.buckets import Bucket
from beffroi.access.rights import Grant, may, sees
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.sync.wire import WorkspaceInfo
from hub.db import Database
from hub.keys.authority import Authority, new_key
from hub.people import Account, People
from hub.people.attempts import browser, station
from tests.conftest import CHEAP
from tests.hub.people.house import request_of

WRITER = Grant(account="a.petit", workspace="jop-2024", role="writer")
HOUR = 3_600_000
JOP = WorkspaceInfo(workspace="jop-2024", title="Paris 2024", prefix="MC-2024")
ROOM = Bucket("jop-2024", "DR")


@dataclass
class Time:
    now: int = 1_700_000_000_000


@dataclass
class Ears:
    """Hears what live streams are told."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    def rights_changed(self, account: str = "") -> None:
        self.heard.append(("rights", account))

    def end_session(self, session: str) -> None:
        self.heard.append(("session", session))

    def revoke_device(self, device: str) -> None:
        self.heard.append(("device", device))

    def take(self) -> list[tuple[str, str]]:
        heard, self.heard = self.heard, []
        return heard


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def people(database: Database, time: Time) -> People:
    people = People(database, Clock(lambda: time.now), cost=CHEAP)
    await people.workspaces.add(JOP)
    await people.accounts.add(Account(name="a.petit", display="Anne Petit", organisation="SDIS 17"))
    return people


async def test_rights_begin_and_end_with_the_shift_and_streams_hear_it(
    people: People, time: Time
) -> None:
    ears = Ears()
    await people.start(ears)
    await people.stop()
    shift = replace(WRITER, not_before=time.now + HOUR, not_after=time.now + 2 * HOUR, grace=60_000)
    await people.grants.give(shift)
    await people.hear()
    assert ears.take() == [("rights", "a.petit")]
    assert await people.rights_of("a.petit") == ()
    time.now += HOUR
    await people.hear()
    assert ears.take() == [("rights", "a.petit")]
    assert sees(await people.rights_of("a.petit"), ROOM)
    time.now += HOUR
    await people.hear()
    assert ears.take() == []
    time.now += 60_000
    await people.hear()
    assert ears.take() == [("rights", "a.petit")]
    assert await people.rights_of("a.petit") == ()


async def test_a_right_that_ended_still_covers_what_was_done_before_it_did(
    people: People, time: Time
) -> None:
    grant = await people.grants.give(WRITER)
    done = time.now + HOUR
    time.now += 2 * HOUR
    await people.grants.withdraw(grant)
    time.now += HOUR
    assert await people.rights_of("a.petit") == ()
    assert may(await people.rights_of("a.petit", done), "create", "entry", ROOM)
    assert await people.rights_of("a.petit", time.now) == ()


async def test_a_locked_account_may_nothing_after_it_was_locked(people: People, time: Time) -> None:
    await people.grants.give(WRITER)
    done = time.now
    time.now += HOUR
    await people.accounts.lock("a.petit")
    assert await people.rights_of("a.petit") == ()
    assert may(await people.rights_of("a.petit", done), "create", "entry", ROOM)


async def test_a_right_everywhere_holds_in_every_workspace_and_in_those_to_come(
    people: People,
) -> None:
    await people.grants.give(Grant(account="a.petit", workspace="*", role="security"))
    await people.workspaces.add(replace_code(JOP, "pref-17"))
    held = await people.rights_of("a.petit")
    assert {right.workspace for right in held} == {"*", "jop-2024", "pref-17"}


def replace_code(info: WorkspaceInfo, code: str) -> WorkspaceInfo:
    return WorkspaceInfo(workspace=code, title=info.title, prefix=info.prefix)


async def test_incompatible_roles_and_a_partner_s_second_workspace_are_refused(
    people: People,
) -> None:
    await people.workspaces.add(replace_code(JOP, "pref-17"))
    await people.grants.give(replace(WRITER, role="partner", marking="NP"))
    with pytest.raises(BeffroiError, match="un espace"):
        await people.grants.give(replace(WRITER, workspace="pref-17", role="partner", marking="NP"))
    await people.accounts.add(Account(name="b.b", display="B"))
    await people.grants.give(Grant(account="b.b", workspace="*", role="security"))
    for role in ("functional_admin", "technical_admin"):
        with pytest.raises(BeffroiError, match="cumulent"):
            await people.grants.give(Grant(account="b.b", workspace="*", role=role))


async def test_streams_hear_of_another_process_s_changes(people: People, database: Database, time: Time) -> None:  # fmt: skip
    ears = Ears()
    await people.start(ears)
    await people.stop()
    elsewhere = People(database, Clock(lambda: time.now), cost=CHEAP)
    _token, opened = await elsewhere.sessions.open("a.petit", "device-1")
    await elsewhere.sessions.end(opened.id, "ended")
    await elsewhere.devices.revoke("device-1", "volé")
    await elsewhere.workspaces.close("jop-2024")
    await people.hear()
    assert ears.take() == [("session", opened.id), ("device", "device-1"), ("rights", "")]
    await people.hear()
    assert ears.take() == []


async def test_after_a_long_silence_everyone_s_rights_are_looked_at_again(
    people: People, time: Time
) -> None:
    ears = Ears()
    await people.start(ears)
    await people.stop()
    await people.devices.revoke("device-1", "volé")
    time.now += 2 * HOUR
    await people.grants.give(WRITER)
    await people.hear()
    assert ears.take() == [("rights", ""), ("rights", "a.petit")]


async def test_streams_hear_that_a_session_is_over(people: People, time: Time) -> None:
    ears = Ears()
    await people.start(ears)
    await people.stop()
    _token, opened = await people.sessions.open("a.petit", "device-1")
    time.now = opened.expires
    await people.hear()
    assert ears.take() == [("session", opened.id)]
    assert await people.caller_of(opened.id) is None


async def test_a_station_waits_after_many_tries_on_many_accounts(people: People, time: Time) -> None:  # fmt: skip
    here, there = station("device-1"), station("device-2")
    for number in range(30):
        assert await people.attempts.wait_s(f"a{number}", here, time.now) == 0
        await people.attempts.failed(f"a{number}", here, time.now)
    assert await people.attempts.wait_s("a.petit", here, time.now) == 15
    assert await people.attempts.wait_s("a.petit", there, time.now) == 0


async def test_slips_of_a_busy_room_do_not_add_up_over_days(people: People, time: Time) -> None:
    for number in range(200):
        assert await people.attempts.wait_s(f"a{number}", station("device-1"), time.now) == 0
        await people.attempts.failed(f"a{number}", station("device-1"), time.now)
        time.now += 15 * 60_000


async def test_nobody_locks_a_person_out_of_where_they_work(people: People, time: Time) -> None:
    await people.sessions.open("a.petit", "device-1")
    await people.sessions.open("a.petit", "", address="2001:db8::1", how="page")
    elsewhere = [*(station(f"thief-{n}") for n in range(9)), browser("203.0.113.7")]
    for place in elsewhere:
        for _try in range(4):
            await people.attempts.failed("a.petit", place, time.now)
    assert await people.attempts.wait_s("a.petit", station("device-1"), time.now) == 0
    assert await people.attempts.wait_s("a.petit", browser("2001:db8::2"), time.now) == 0
    for place in (station("device-2"), browser("203.0.113.8"), browser("2001:db8:1::1")):
        assert await people.attempts.wait_s("a.petit", place, time.now) == 900


async def test_a_wait_never_passes_a_quarter_of_an_hour_and_tries_are_forgotten(
    people: People, time: Time
) -> None:
    for _try in range(40):
        await people.attempts.failed("a.petit", station("device-1"), time.now)
    assert await people.attempts.wait_s("a.petit", station("device-1"), time.now) == 900
    time.now += 25 * HOUR
    assert await people.attempts.failed("a.petit", station("device-1"), time.now) == 1


async def test_stations_are_numbered_in_the_order_they_come(people: People, time: Time) -> None:
    authority = Authority.made(Clock(lambda: time.now))
    codes = [await people.devices.invite(f"poste {n}") for n in range(3)]
    made = [
        (await people.devices.enrol(code, f"Poste {n}", request_of(new_key()), authority))[0].code
        for n, code in enumerate(codes)
    ]
    assert made == ["S1", "S2", "S3"]
    assert (await people.devices.named("s2")).station == "Poste 1"
    with pytest.raises(BeffroiError, match="device list"):
        await people.devices.named("S9")


@pytest.mark.parametrize("name", ["", "A.Petit", "é", "a b", "x" * 65, "-a", "a'--"])
async def test_an_account_s_name_is_plain(people: People, name: str) -> None:
    with pytest.raises(BeffroiError, match="ne convient pas"):
        await people.accounts.add(Account(name=name, display="x"))


async def test_an_account_is_made_once(people: People) -> None:
    with pytest.raises(BeffroiError, match="existe déjà"):
        await people.accounts.add(Account(name="a.petit", display="x"))
    with pytest.raises(BeffroiError, match="12 caractères"):
        await people.accounts.add(Account(name="c.c", display="x"), "court")


@pytest.mark.parametrize(
    "told",
    [WorkspaceInfo(workspace="JOP", title="x", prefix="MC"), WorkspaceInfo(workspace="a", title="x", prefix=""),
     WorkspaceInfo(workspace="a", title="x", prefix="MC", mode="war"),
     WorkspaceInfo(workspace="a", title="x", prefix="MC", zone="Europe/Lutece"),
     WorkspaceInfo(workspace="a", title="x", prefix="MC", marking="SECRET"),
     WorkspaceInfo(workspace="jop-2024", title="x", prefix="MC")],
)  # fmt: skip
async def test_a_workspace_that_makes_no_sense_is_not_opened(people: People, told: WorkspaceInfo) -> None:  # fmt: skip
    with pytest.raises(BeffroiError):
        await people.workspaces.add(told)
    assert [info.workspace for info in await people.workspaces.all()] == ["jop-2024"]


async def test_one_identity_opens_one_account(people: People) -> None:
    await people.accounts.add(Account(name="x.admin", display="X", subject="x@etat.fr"))
    with pytest.raises(BeffroiError, match="déjà un autre compte"):
        await people.accounts.add(Account(name="x.rssi", display="X", subject="x@etat.fr"))


async def test_two_roles_that_exclude_each_other_given_at_once_are_one(people: People) -> None:
    await people.accounts.add(Account(name="x.double", display="X"), "une phrase assez longue")
    told = await asyncio.gather(
        *(
            people.grants.give(Grant(account="x.double", workspace="*", role=role))
            for role in ("security", "technical_admin", "security", "functional_admin")
        ),
        return_exceptions=True,
    )
    assert any(isinstance(each, BeffroiError) for each in told)
    held = {each.grant.role for each in await people.grants.all("x.double")}
    assert held == {"security"} or "security" not in held
