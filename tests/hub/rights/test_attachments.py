"""An attachment is not had by naming it: whoever knows its SHA-256 alone learns and gets nothing."""

from dataclasses import replace
from hashlib import sha256

import httpx

from beffroi.attachments.ref import AttachmentRef
from tests.hub.pens import publish
from tests.hub.real import WS, Person
from tests.hub.rights.house import AUTHOR, House, said
from tests.hub.rights.roles import PLACES

NEVER = sha256(b"jamais").hexdigest()
READER = "writer-dr"


def names(
    house: House, pen: Person, digest: str, marking: str = "DR", caveats: tuple[str, ...] = ()
) -> None:
    """`pen` publishes an entry that names an attachment."""
    entry = publish(
        pen, "Voir la photo", marking=marking, caveats=caveats,
        attachments=(AttachmentRef(name="photo.jpg", sha256=digest, size=9),),
    )  # fmt: skip
    assert house.push(pen.account, entry)[0].status == "kept"
    house.world.run(house.world.hub.projector.catch_up())


def read(house: House, account: str, digest: str, method: str = "GET") -> httpx.Response:
    return house.ask(account, method, f"/attachments/{digest}")


def test_naming_what_one_does_not_see_gives_it_to_nobody(house: House) -> None:
    hidden = house.things[WS, "medical"].digest
    names(house, house.pen(READER, WS), hidden)
    names(house, house.pen(READER, WS), NEVER)
    for account in (READER, "qualifier-dr"):
        for method in ("GET", "HEAD"):
            told = [read(house, account, digest, method) for digest in (hidden, NEVER)]
            assert told[0].status_code == 404, (account, method)
            assert said(told[0]) == said(told[1])


def test_who_sees_it_may_name_it_for_others(house: House) -> None:
    """A chief takes a photo over into an entry that everybody reads: that is an act, and traced."""
    photo = b"photo que le chef montre a tous"
    digest = sha256(photo).hexdigest()
    sent = house.ask(
        AUTHOR, "PATCH", f"/attachments/{digest}", content=photo,
        headers={"upload-offset": "0", "upload-length": str(len(photo))},
    )  # fmt: skip
    assert sent.status_code == 204
    names(house, house.pen(AUTHOR, WS), digest, *PLACES["both"])
    assert read(house, READER, digest).status_code == 404
    house.world.run(house.world.enter(
        "chef-tout", {"role": "room_chief", "marking": "DR_SF", "caveats": ("ENQUETE", "MEDICAL")}
    ))  # fmt: skip
    names(house, house.pen("chef-tout", WS), digest)
    assert read(house, READER, digest).content == photo


def test_a_colleague_at_the_same_station_sends_it_for_its_author(house: House) -> None:
    """Written offline by one, sent up when the next one logs in there."""
    author = house.pen("qualifier-dr", WS)
    people = house.world.hub.people
    token, _opened = house.world.run(people.sessions.open("room_chief-dr", author.device))
    colleague = replace(author, token=token)
    photo = b"prise hors ligne"
    digest = sha256(photo).hexdigest()
    names(house, author, digest)
    sent = house.ask(
        author.account, "PATCH", f"/attachments/{digest}", content=photo,
        headers={**colleague.headers, "upload-offset": "0", "upload-length": str(len(photo))},
    )  # fmt: skip
    assert sent.status_code == 204
    assert read(house, READER, digest).content == photo
