"""The rows of reading: entries, counts, search, who has read, attachments."""

from collections.abc import Iterator
from hashlib import sha256

import httpx
import msgspec

from beffroi.sync.wire import Seen
from hub.logbook.shown import Counts, EntryPage, EntryShown
from tests.hub.rights.house import MISSING, photo_of
from tests.hub.rights.roles import WRITERS
from tests.hub.rights.rows import Visit, row


def _ours(visit: Visit, page: EntryPage) -> set[str]:
    """The places of the entries that the house was filled with."""
    return {at[1] for entry in page.entries if (at := visit.house.uid_of(entry.uid))}


@row("GET", "/logbook/entries")
def entries(visit: Visit) -> None:
    """Lists and searches hold what they see; a search for the hidden finds nothing."""

    def ask(workspace: str, **asked: str) -> httpx.Response:
        return visit.get("/logbook/entries", workspace=workspace, limit="500", **asked)

    def good(workspace: str, answer: httpx.Response) -> None:
        page = msgspec.json.decode(answer.content, type=EntryPage)
        seen = visit.held.seen(workspace)
        assert _ours(visit, page) == seen, visit.held
        for asked in ({"text": "incendie secret"}, {"tag": "incendie"}):
            found = msgspec.json.decode(ask(workspace, **asked).content, type=EntryPage)
            assert _ours(visit, found) == seen
            assert len(found.entries) == len(seen), "another workspace shows through"
        hidden = next((at[1] for at in visit.places() if at[1] not in seen), None)
        if hidden is not None:
            assert ask(workspace, tag=f"tag-{hidden}").json() == ask(workspace, tag="rien").json()

    visit.by_workspace(ask, good)


@row("GET", "/logbook/counts")
def counts(visit: Visit) -> None:
    """What they do not see is not counted, nor are its tags named."""

    def ask(workspace: str) -> httpx.Response:
        return visit.get("/logbook/counts", workspace=workspace, text="incendie secret")

    def good(workspace: str, answer: httpx.Response) -> None:
        told = msgspec.json.decode(answer.content, type=Counts)
        seen = visit.held.seen(workspace)
        assert told.total == len(seen), visit.held
        assert sum(told.gravities.values()) == len(seen)
        assert set(told.tags) == {f"tag-{place}" for place in seen} | {"incendie"} or not seen
        whole = visit.get("/logbook/counts", workspace=workspace).json()
        assert {tag for tag in whole["tags"] if tag.startswith("tag-")} == {
            f"tag-{place}" for place in seen
        }

    visit.by_workspace(ask, good)


def _each(visit: Visit, path: str) -> Iterator[tuple[tuple[str, str], httpx.Response]]:
    """Ask about every entry, some also through a workspace where they do not lie.

    Yields those that exist for the visitor.
    """
    for where, things in visit.house.things.items():
        address = path.format(uid=things.entry)
        for through in {where[0], "jop-2024" if where[1] == "np" else where[0]}:
            answer = visit.get(address, workspace=through)
            if through == where[0] and visit.held.sees(*where):
                yield where, answer
            else:
                absent = visit.get(path.format(uid=MISSING), workspace=through)
                visit.same_as_absent(answer, absent)


@row("GET", "/logbook/entries/{uid}")
def entry(visit: Visit) -> None:
    """An entry, or nothing, also through a workspace where it does not lie."""
    for where, answer in _each(visit, "/logbook/entries/{uid}"):
        shown = msgspec.json.decode(answer.content, type=EntryShown)
        assert shown.uid == visit.house.things[where].entry


@row("GET", "/logbook/entries/{uid}/seen")
def seen_by(visit: Visit) -> None:
    """Who has read it, or nothing."""
    for where, answer in _each(visit, "/logbook/entries/{uid}/seen"):
        readers = msgspec.json.decode(answer.content, type=list[Seen])
        assert {one.entity for one in readers} <= {visit.house.things[where].entry}


@row("GET", "/attachments/{digest}")
def attachment(visit: Visit) -> None:
    """The content for those who see an entry that names it."""
    absent = visit.get(f"/attachments/{sha256(b'jamais').hexdigest()}")
    for where, things in visit.house.things.items():
        answer = visit.get(f"/attachments/{things.digest}")
        if visit.held.sees(*where):
            assert answer.content == photo_of(*where), visit.held
        else:
            visit.same_as_absent(answer, absent)


@row("HEAD", "/attachments/{digest}")
def attachment_head(visit: Visit) -> None:
    """How much of it there is, for the same."""
    absent = visit.ask("HEAD", f"/attachments/{sha256(b'jamais').hexdigest()}")
    for where, things in visit.house.things.items():
        answer = visit.ask("HEAD", f"/attachments/{things.digest}")
        if visit.held.sees(*where):
            assert answer.headers["upload-length"] == str(len(photo_of(*where)))
        else:
            visit.same_as_absent(answer, absent)


@row("PATCH", "/attachments/{digest}")
def send_attachment(visit: Visit) -> None:
    """Who writes may send; that the hub holds it already is not to be learnt by sending it."""
    for where, things in visit.house.things.items():
        if visit.held.sees(*where):
            continue
        body = photo_of(*where)
        unheard = sha256(visit.held.account.encode()).hexdigest()
        headers = {"upload-offset": "0", "upload-length": str(len(body))}
        answers = [
            visit.ask("PATCH", f"/attachments/{digest}", content=body[:3], headers=headers)
            for digest in (things.digest, unheard)
        ]
        assert answers[0].status_code == (204 if visit.held.role in WRITERS else 403)
        assert answers[0].headers.get("upload-offset") == answers[1].headers.get("upload-offset")
        assert answers[0].content == answers[1].content
        return
