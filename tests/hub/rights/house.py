"""A hub where something of each kind lies in every place, and someone holds every role."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import httpx
import msgspec

from beffroi.attachments.ref import AttachmentRef
from beffroi.journal.signing import Signer, new_seed
from beffroi.logbook import operations as kinds
from beffroi.logbook.entry import LinkKind
from beffroi.logbook.sheet_operations import SHEETS, PutSheet, put_of
from beffroi.sync import wire
from tests.hub.pens import publish, signed
from tests.hub.real import WS, Person, World
from tests.hub.rights.roles import EVERYONE, OURS, PLACES, SHAPES, WORKSPACES, Held

AUTHOR = "auteur"
"""Sees everything, wrote everything."""
NOWHERE = "nulle-part"
MISSING = "01890000-0000-7000-8000-000000000000"
"""The uid of nothing."""
Where = tuple[str, str]
"""A workspace and a place."""


@dataclass
class Things:
    """The uids of what lies in one place."""

    entry: str
    second: str
    dossier: str
    followup: str
    figure: str
    digest: str
    sheets: dict[str, str]
    ops: list[wire.Op] = field(default_factory=list)


@dataclass
class House:
    """The hub, those who come, and what lies there."""

    address: str
    world: World
    http: httpx.Client
    things: dict[Where, Things] = field(default_factory=dict)

    def pen(self, account: str, workspace: str) -> Person:
        """`account` with the key by which their station signs there."""
        return self.world.people[account if workspace == WS else f"{account}@{workspace}"]

    def headers(self, account: str) -> dict[str, str]:
        return self.world.people[account].headers

    def ask(
        self, account: str, method: str, path: str, *, content: bytes | None = None,
        params: dict[str, str] | None = None, headers: dict[str, str] | None = None,
    ) -> httpx.Response:  # fmt: skip
        """What the hub answers to `account`; a path from `/` on is outside the API."""
        url = path.removeprefix("root:") if path.startswith("root:") else f"/api/v1{path}"
        return self.http.request(
            method, url, content=content, params=params,
            headers={**self.headers(account), **(headers or {})},
        )  # fmt: skip

    def push(self, account: str, *ops: wire.Op) -> list[wire.Outcome]:
        """What became of these."""
        answer = self.ask(
            account, "POST", "/sync/push", content=wire.encode(wire.Push(ops=list(ops)))
        )
        assert answer.status_code == 200, answer.text
        return wire.decoder(wire.PushReply).decode(answer.content).outcomes

    def uid_of(self, uid: str) -> Where | None:
        """Where an entry lies."""
        return self._where.get(uid)

    def fill(self) -> None:
        """Let the author write something of each kind in every place."""
        for workspace in WORKSPACES:
            author = self.pen(AUTHOR, workspace)
            for place in PLACES:
                self.things[workspace, place] = self._written(author, workspace, place)
        self._where = {t.entry: at for at, t in self.things.items()}
        self.world.run(self.world.hub.projector.catch_up())

    def _written(self, author: Person, workspace: str, place: str) -> Things:
        marking, caveats = PLACES[place]
        photo = photo_of(workspace, place)
        digest = sha256(photo).hexdigest()
        sent = self.ask(
            AUTHOR, "PATCH", f"/attachments/{digest}", content=photo,
            headers={"upload-offset": "0", "upload-length": str(len(photo))},
        )  # fmt: skip
        assert sent.status_code == 204, sent.text
        lies = {"marking": marking, "caveats": caveats, "workspace": workspace}
        mode = WORKSPACES[workspace]
        named = AttachmentRef(name="photo.jpg", sha256=digest, size=len(photo))
        first = publish(
            author, f"incendie secret {place} {workspace}", **lies, mode=mode,
            attachments=(named,), tags=("incendie", f"tag-{place}"),
        )  # fmt: skip
        second = publish(author, f"autre {place} {workspace}", **lies, mode=mode)
        dossier = signed(
            author, kinds.DOSSIER_OPEN, "",
            kinds.OpenDossier(number=1, title=f"dossier {place}", gravity=1, entries=(first.entity,)),
            **lies, mode=mode,
        )  # fmt: skip
        followup = signed(
            author, kinds.FOLLOWUP_OPEN, "",
            kinds.OpenFollowUp(entry=first.entity, owner_post="COS", due=None, text=f"suite {place}"),
            **lies, mode=mode,
        )  # fmt: skip
        figure = signed(
            author, kinds.FIGURE_RECORD, "",
            kinds.RecordFigure(dossier=dossier.entity, indicator="blessés", value="4",
                               source=f"source {place}", as_of=1_700_000_000_000),
            **lies, mode=mode,
        )  # fmt: skip
        link = signed(
            author, kinds.LINK, first.entity,
            kinds.Link(source=first.entity, kind=LinkKind.CAUSES, target=second.entity),
            **lies, mode=mode,
        )  # fmt: skip
        sheets = {
            kind: signed(
                author, put_of(kind), "", PutSheet(fields={"title": f"{kind} {place}"}),
                **lies, mode=mode,
            )
            for kind in SHEETS
        }  # fmt: skip
        ops = [first, second, dossier, followup, figure, link, *sheets.values()]
        outcomes = self.push(AUTHOR, *ops)
        assert {outcome.status for outcome in outcomes} == {"kept"}, outcomes
        return Things(
            first.entity,
            second.entity,
            dossier.entity,
            followup.entity,
            figure.entity,
            digest,
            {kind: op.entity for kind, op in sheets.items()},
            ops,
        )


def photo_of(workspace: str, place: str) -> bytes:
    """The attachment of a place."""
    return f"photo de {place} dans {workspace}".encode()


async def peopled(world: World) -> None:
    """Make the workspaces and everyone."""
    for workspace, mode in WORKSPACES.items():
        if workspace != WS:
            await world.hub.people.workspaces.add(
                wire.WorkspaceInfo(workspace=workspace, title=workspace, mode=mode, prefix="AU")
            )
    everything = {"role": "room_chief", "marking": "DR_SF", "caveats": ("ENQUETE", "MEDICAL")}
    await world.enter(AUTHOR, *({**everything, "workspace": ws} for ws in WORKSPACES))
    for held in EVERYONE:
        await enter(world, held)
    for person in list(world.people.values()):
        for workspace in set(WORKSPACES) - {WS}:
            pen = replace(person, signer=Signer(person.device, new_seed()))
            world.people[f"{person.account}@{workspace}"] = pen
            await world.hub.people.devices.add_signing_key(
                person.device, workspace, pen.signer.public
            )


async def enter(world: World, held: Held) -> None:
    """Someone who holds that, and nothing else."""
    workspace, marking, caveats = SHAPES[held.shape]
    grant = {
        "role": held.role, "workspace": workspace, "marking": marking, "caveats": caveats,
        "convention": "C-2024-1" if held.role == "partner" else "",
    }  # fmt: skip
    await world.enter(held.account, grant, organisation=OURS)


def said(answer: httpx.Response) -> tuple[int, bytes, tuple[str, ...]]:
    """Everything that an answer tells, but the hour."""
    return answer.status_code, answer.content, tuple(sorted(set(answer.headers) - {"date"}))


def decoded(answer: httpx.Response, kind: type) -> object:
    """The body of an answer that went well."""
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=kind)
