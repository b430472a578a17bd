"""The row of what the hub's sources told: of those that lie where one sees, and of no other."""

import httpx

from beffroi.observations.rows import Body
from beffroi.sync import wire
from beffroi.sync.observed import ObservedPull, ObservedReply
from hub.sources.shelf import Shelf
from tests.hub.rights.house import House
from tests.hub.rights.roles import bucket
from tests.hub.rights.rows import Visit, row

_POINT: Body = ("a", 1, None, 2.0, 48.0, 2.0, 48.0, b"\x01", "Secret", None, "{}")


def _uid(workspace: str, place: str) -> str:
    return f"source of {workspace} {place}"


async def _told(house: House) -> None:
    """A source in each place has told something."""
    shelf = Shelf(house.world.hub.database)
    places = {_uid(ws, place): (ws, bucket(ws, place)) for ws, place in house.things}
    if await shelf.ids(next(iter(places))):
        return
    await shelf.follow(places)
    for uid in places:
        await shelf.put(uid, [_POINT], [], 1)


@row("POST", "/sources/pull")
def sources(visit: Visit) -> None:
    """Whatever they ask for, they hear of the sources that they may see."""
    visit.house.world.run(_told(visit.house))
    every = {_uid(workspace, place): 0 for workspace, place in visit.places()}

    def ask(workspace: str) -> httpx.Response:
        return visit.post("/sources/pull", ObservedPull(workspace=workspace, cursors=every))

    def good(workspace: str, answer: httpx.Response) -> None:
        reply = wire.decoder(ObservedReply).decode(answer.content)
        seen = {_uid(workspace, place) for place in visit.held.seen(workspace)}
        assert set(reply.followed) == {page.source for page in reply.pages} == seen, visit.held
        assert set(reply.states) <= seen

    visit.by_workspace(ask, good)
