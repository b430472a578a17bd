"""The rows of synchronisation: push, pull, state, snapshot, live, seen, presence, quarantine."""

import json
import time

import httpx
import msgspec

from beffroi.sync import wire
from hub.sync.quarantine import Quarantined
from tests.hub.pens import publish
from tests.hub.rights.house import MISSING, NOWHERE
from tests.hub.rights.roles import PLACES, SEES_QUARANTINE, WORKSPACES, WRITERS, bucket
from tests.hub.rights.rows import Visit, row

MADE_WITHIN_S = 20.0


@row("POST", "/sync/pull")
def pull(visit: Visit) -> None:
    """Records and buckets of what they see, whatever buckets they ask for."""
    every = {bucket(ws, place): 0 for ws in WORKSPACES for place in PLACES}

    def ask(workspace: str) -> httpx.Response:
        return visit.post("/sync/pull", wire.Pull(workspace=workspace, cursors=every, limit=2000))

    def good(workspace: str, answer: httpx.Response) -> None:
        reply = wire.decoder(wire.PullReply).decode(answer.content)
        seen = {bucket(workspace, place) for place in visit.held.seen(workspace)}
        assert set(reply.buckets) == set(reply.cursors) == seen, visit.held
        assert {record.bucket for record in reply.records} == seen, visit.held
        ops = {op.op_id for place in visit.held.seen(workspace)
               for op in visit.house.things[workspace, place].ops}  # fmt: skip
        assert ops <= {record.op.op_id for record in reply.records if record.op}, visit.held
        for record in reply.records:
            assert record.op is None or f"{record.op.workspace}/" in record.bucket

    visit.by_workspace(ask, good)


@row("GET", "/sync/state")
def state(visit: Visit) -> None:
    """Each bucket stands there or does not exist."""
    absent = visit.get("/sync/state", bucket=f"{NOWHERE}/DR")
    visit.same_as_absent(visit.get("/sync/state", bucket="ni un ni l’autre"), absent)
    for workspace, place in visit.places():
        answer = visit.get("/sync/state", bucket=bucket(workspace, place))
        if not visit.held.sees(workspace, place):
            visit.same_as_absent(answer, absent)
            continue
        page = wire.decoder(wire.StatePage).decode(answer.content)
        things = visit.house.things[workspace, place]
        uids = {row.uid for row in page.rows}
        assert {things.entry, things.dossier, things.followup, things.figure} <= uids
        hidden = {other.entry for at, other in visit.house.things.items() if at[1] != place}
        assert not hidden & uids


@row("GET", "/sync/snapshot")
def snapshot(visit: Visit) -> None:
    """A file of what they see; the file itself is looked into by `tests/hub/snapshots`."""

    def ask(workspace: str) -> httpx.Response:
        answer = visit.get("/sync/snapshot", workspace=workspace)
        end = time.monotonic() + MADE_WITHIN_S
        while answer.status_code == 503 and time.monotonic() < end:
            time.sleep(0.02)
            answer = visit.get("/sync/snapshot", workspace=workspace)
        return answer

    def good(workspace: str, answer: httpx.Response) -> None:
        seen = {bucket(workspace, place) for place in visit.held.seen(workspace)}
        assert set(json.loads(answer.headers["beffroi-buckets"])) == seen
        assert b"secret" not in answer.content

    visit.by_workspace(ask, good)


@row("GET", "/sync/live")
def live(visit: Visit) -> None:
    """A stream opens or does not exist; what it says is in `test_live`."""
    _streams(visit, "GET")


@row("HEAD", "/sync/live")
def live_head(visit: Visit) -> None:
    """The same without a body."""
    _streams(visit, "HEAD")


def _streams(visit: Visit, method: str) -> None:
    headers = visit.house.headers(visit.held.account)

    def ask(workspace: str) -> httpx.Response:
        request = visit.house.http.build_request(
            method, "/api/v1/sync/live", params={"workspace": workspace}, headers=headers
        )
        answer = visit.house.http.send(request, stream=True)
        try:
            if answer.status_code != 200:
                answer.read()
        finally:
            answer.close()
        return answer

    def good(_workspace: str, answer: httpx.Response) -> None:
        assert answer.status_code == 200

    visit.by_workspace(ask, good)


@row("POST", "/sync/seen")
def seen(visit: Visit) -> None:
    """What they do not see, they have not read; nothing tells it apart from what is not there."""
    uids = {at: things.entry for at, things in visit.house.things.items()}

    def ask(workspace: str) -> httpx.Response:
        return visit.post(
            "/sync/seen", {"workspace": workspace, "entities": [*uids.values(), MISSING]}
        )

    def good(workspace: str, answer: httpx.Response) -> None:
        assert (answer.status_code, answer.content) == (204, b"")
        told = kept_seen(visit)
        assert told == {uids[workspace, place] for place in visit.held.seen(workspace)} | {
            uid for uid in told if _workspace(visit, uid) != workspace
        }

    visit.by_workspace(ask, good)
    assert all(visit.held.sees(*(visit.house.uid_of(uid) or ("", ""))) for uid in kept_seen(visit))


def _workspace(visit: Visit, uid: str) -> str:
    return (visit.house.uid_of(uid) or ("", ""))[0]


def kept_seen(visit: Visit) -> set[str]:
    """What the hub holds to have been read by them."""

    async def look() -> set[str]:
        async with visit.house.world.hub.database.read() as session:
            rows = await session.rows(
                "SELECT uid FROM entry_seen WHERE account = ?", visit.held.account
            )
        return {str(one[0]) for one in rows}

    return visit.house.world.run(look())


@row("POST", "/sync/presence")
def presence(visit: Visit) -> None:
    """What they look at is said; something hidden is answered as something that is not there."""

    def at(workspace: str, entity: str) -> httpx.Response:
        told = wire.Presence(account="autre", person="Autre", entity=entity, doing="reading")
        return visit.post("/sync/presence", told, workspace=workspace)

    visit.by_workspace(lambda workspace: at(workspace, ""), lambda _ws, _answer: None)
    for workspace in visit.held.reads:
        missing = at(workspace, MISSING)
        for where, things in visit.house.things.items():
            answer = at(workspace, things.entry)
            assert (answer.status_code, answer.content) == (204, missing.content), where
        at(workspace, "")


@row("POST", "/sync/push")
def push(visit: Visit) -> None:
    """Who does not write sends to quarantine, and may always send; all of it is in `test_pushing`."""
    assert visit.post("/sync/push", wire.Push(ops=[])).json() == {"outcomes": []}
    for workspace, mode in WORKSPACES.items():
        op = publish(
            visit.house.pen(visit.held.account, workspace), "Essai", marking="NP",
            workspace=workspace, mode=mode,
        )  # fmt: skip
        [outcome] = visit.house.push(visit.held.account, op)
        if workspace in visit.held.workspaces and visit.held.role in WRITERS:
            assert outcome.status == "kept", (visit.held, outcome)
        else:
            assert (outcome.status, outcome.why) == ("refused", "rights"), (visit.held, workspace)


@row("GET", "/sync/quarantine")
def quarantine(visit: Visit) -> None:
    """Their own, and a workspace's for who watches; never what it said."""
    forged = msgspec.structs.replace(
        publish(visit.house.pen(visit.held.account, "jop-2024"), "parole secrète"), post="Faux"
    )
    assert visit.house.push(visit.held.account, forged)[0].why == "signature"
    mine = visit.get("/sync/quarantine")
    told = msgspec.json.decode(mine.content, type=list[Quarantined])
    assert {one.account for one in told} == {visit.held.account}
    assert forged.op_id in {one.op_id for one in told}
    absent = visit.get("/sync/quarantine", workspace=NOWHERE)
    watches = visit.held.role in SEES_QUARANTINE
    for workspace in WORKSPACES:
        answer = visit.get("/sync/quarantine", workspace=workspace)
        if watches and workspace in visit.held.workspaces:
            lines = msgspec.json.decode(answer.content, type=list[Quarantined])
            assert {one.workspace for one in lines} <= {workspace}
            assert b"secr" not in answer.content
        else:
            visit.same_as_absent(answer, absent)


@row("GET", "/sync/trail")
def trail(visit: Visit) -> None:
    """Of their own station alone: nothing names another."""
    told = visit.get("/sync/trail", workspace="profil")
    assert (told.status_code, told.json()) == (200, {"after": 0})


@row("POST", "/sync/trail")
def send_trail(visit: Visit) -> None:
    """Kept as their own station's, whatever the lines claim."""
    line = wire.TrailLine(
        seq=1, at=1, actor="auteur", post="", station="Poste auteur", action="entry.read",
        object="", detail="", hash="0" * 64,
    )  # fmt: skip
    answer = visit.post("/sync/trail", [line], workspace="autre-profil")
    assert answer.status_code in (200, 400), answer.text
    author = visit.house.ask("auteur", "GET", "/sync/trail", params={"workspace": "autre-profil"})
    assert author.json() == {"after": 0}
