"""What a program reads of the main courante; what is not for it does not exist, in any way."""

import json

import httpx
import pytest

from tests.hub.ledger.kit import WS
from tests.hub.logbook.conftest import Parts
from tests.hub.officer import by, trouble

SEEN_BY = {
    "chief": {"np", "dr", "sf", "med"},
    "writer": {"np", "dr"},
    "partner": {"np"},
}


async def get(http: httpx.AsyncClient, account: str, path: str, **asked: object) -> httpx.Response:
    return await http.get(path, params={"workspace": WS, **asked}, headers=by(account))


async def listed(hub: Parts, http: httpx.AsyncClient, account: str, **asked: object) -> set[str]:
    answer = await get(http, account, "/logbook/entries", **asked)
    assert answer.status_code == 200, answer.text
    names = {uid: name for name, uid in hub.uids.items()}
    return {names[entry["uid"]] for entry in answer.json()["entries"]}


async def test_everyone_lists_finds_and_counts_what_they_may_see_and_no_more(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    for account, visible in SEEN_BY.items():
        assert await listed(hub, http, account) == visible
        flooded = visible - {"np"}
        assert await listed(hub, http, account, text="inondation") == flooded
        assert await listed(hub, http, account, text="INOND quai") == visible & {"dr"}
        assert await listed(hub, http, account, tag="inondation") == flooded
        assert await listed(hub, http, account, text="secret") == visible & {"sf"}
        counts = (await get(http, account, "/logbook/counts", text="inondation")).json()
        assert counts["total"] == len(flooded)
        assert counts["tags"].get("inondation", 0) == len(flooded)
        assert sum(counts["gravities"].values()) == len(flooded)


async def test_what_is_not_for_someone_answers_as_what_is_not_there(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    for account, visible in SEEN_BY.items():
        for name, uid in hub.uids.items():
            for tail in ("", "/seen"):
                answer = await get(http, account, f"/logbook/entries/{uid}{tail}")
                nothing = await get(http, account, f"/logbook/entries/rien{tail}")
                assert nothing.status_code == 404
                if name in visible:
                    assert answer.status_code == 200
                else:
                    assert (answer.status_code, answer.content) == (404, nothing.content)
                    assert sorted(answer.headers.items()) == sorted(nothing.headers.items())


async def test_another_workspace_and_a_role_that_reads_nothing_see_nothing(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    nowhere = await get(http, "writer", "/logbook/entries", workspace="inconnu")
    for account in ("stranger", "planner"):
        for path in ("/logbook/entries", "/logbook/counts", f"/logbook/entries/{hub.uids['np']}"):
            answer = await get(http, account, path)
            assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert (await http.get("/logbook/entries", params={"workspace": WS})).status_code == 401


async def move(hub: Parts, name: str, marking: str) -> None:
    """Give an entry another marking; what is shown of it does not follow yet."""
    op = hub.station.remark(hub.ops[name], marking)
    (outcome,) = await hub.committer.push(hub.station.caller, [op])
    assert outcome.status == "kept"
    hub.clock.forward(3)  # what buckets there are at all may be believed for two seconds


async def test_an_entry_that_is_raised_is_gone_for_others_at_once(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    assert await listed(hub, http, "writer") == {"np", "dr"}
    await move(hub, "dr", "DR_SF")
    assert await listed(hub, http, "writer") == {"np"}
    path = f"/logbook/entries/{hub.uids['dr']}"
    assert (await get(http, "writer", path)).status_code == 404
    await hub.projector.catch_up()
    hub.clock.forward(3)
    assert await listed(hub, http, "writer") == {"np"}
    assert await listed(hub, http, "chief") == set(hub.uids)


async def test_the_old_words_of_an_entry_that_is_lowered_are_never_shown(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    await move(hub, "sf", "DR")
    assert await listed(hub, http, "writer") == {"np", "dr"}
    await hub.projector.catch_up()
    hub.clock.forward(3)
    assert await listed(hub, http, "writer") == {"np", "dr", "sf"}


async def test_pages_follow_without_hole_or_double(hub: Parts, http: httpx.AsyncClient) -> None:
    await hub.committer.push(
        hub.station.caller, [hub.station.publish(f"Ligne {n}.") for n in range(25)]
    )
    await hub.projector.catch_up()
    whole = (await get(http, "chief", "/logbook/entries", limit=500)).json()
    assert whole["next"] == ""
    uids, asked = [], {}
    while True:
        page = (await get(http, "chief", "/logbook/entries", limit=7, **asked)).json()
        uids += [entry["uid"] for entry in page["entries"]]
        if not page["next"]:
            break
        asked = {"after": page["next"]}
    assert uids == [entry["uid"] for entry in whole["entries"]]
    assert len(set(uids)) == 29


async def test_boxes_periods_and_gravities_narrow_the_list(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    assert await listed(hub, http, "chief", box="2,48,3,49") == {"dr"}
    assert await listed(hub, http, "chief", box="170,-20,-170,20") == set()
    assert await listed(hub, http, "chief", box="100,40,10,50") == {"dr"}
    assert await listed(hub, http, "chief", gravity=4) == set()
    first = (await get(http, "chief", f"/logbook/entries/{hub.uids['np']}")).json()["event_time"]
    assert await listed(hub, http, "chief", until=first + 1) == {"np"}
    assert await listed(hub, http, "chief", since=first + 1) == {"dr", "sf", "med"}


async def test_each_reading_is_traced(hub: Parts, http: httpx.AsyncClient) -> None:
    await get(http, "writer", f"/logbook/entries/{hub.uids['dr']}")
    await get(http, "writer", "/logbook/entries", text="quai")
    await get(http, "writer", f"/logbook/entries/{hub.uids['sf']}")
    await hub.trail.flush()
    async with hub.database.read() as session:
        rows = await session.rows("SELECT account, action, object, detail FROM trail ORDER BY seq")
    assert [(*row[:3], json.loads(row[3])) for row in rows] == [
        ("writer", "entry.read", hub.uids["dr"], {}),
        ("writer", "entries.read", WS, {"asked": {"text": "quai"}}),
    ]


async def test_who_has_read_an_entry_is_told_to_those_who_see_it(
    hub: Parts, http: httpx.AsyncClient
) -> None:
    uid = hub.uids["dr"]
    async with hub.database.write() as session:
        await session.run(
            "INSERT INTO entry_seen (uid, account, workspace, post, at) VALUES (?,?,?,?,?)",
            uid, "m.leroy", WS, "OL-SNCF", 5,
        )  # fmt: skip
    seen = (await get(http, "writer", f"/logbook/entries/{uid}/seen")).json()
    assert seen == [{"entity": uid, "account": "m.leroy", "post": "OL-SNCF", "at": 5}]
    assert (await get(http, "partner", f"/logbook/entries/{uid}/seen")).status_code == 404


NONSENSE = (
    {"limit": 0}, {"limit": 501}, {"limit": "x"}, {"after": "x"}, {"after": "5"}, {"gravity": 5},
    {"box": "1,2,3"}, {"box": "nan,0,1,1"}, {"box": "0,50,1,40"}, {"box": "0,0,400,1"},
    {"text": "x" * 201}, {"text": "!!!"}, {"text": " ".join("abcdefghijklm")}, {"since": "hier"},
    {"tag": ",".join("abcdefghijklm")}, {"text": "a\x00b"}, {"workspace": ""},
)  # fmt: skip


@pytest.mark.parametrize("path", ["/logbook/entries", "/logbook/counts"])
async def test_questions_that_mean_nothing_are_refused(
    http: httpx.AsyncClient, hub: Parts, path: str
) -> None:
    for asked in NONSENSE:
        if path.endswith("counts") and asked.keys() & {"limit", "after"}:
            continue
        answer = await get(http, "chief", path, **asked)
        assert (answer.status_code, trouble(answer).code) == (400, "malformed"), asked
    for text in ("' OR 1=1 --", "a:* | b", 'x" OR "y', "NEAR(a b)", "é ß 漢"):
        assert (await get(http, "chief", path, text=text)).status_code == 200, text
