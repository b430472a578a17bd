"""`beffroi-admin hub salvage`: what an erased cache had not sent enters after all."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.profile import salvage
from beffroi.sync import wire
from beffroi.text import _, ngettext
from hub.admin.office import Office, command, opened
from hub.attachments.blobs import Blobs, open_blobs
from hub.attachments.register import Register
from hub.attachments.uploads import PIECE
from hub.ledger import Ledger
from hub.ledger.committer import Committer


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command."""
    take = command(
        commands,
        "salvage",
        _("reprend le fichier «\u202fa-transmettre\u202f» d’un poste effacé"),
        run_salvage,
    )
    take.epilog = _("Code 1 si des opérations sont allées en quarantaine.")
    take.add_argument("file", metavar=_("FICHIER"), type=Path)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who brings operations in the name of the station that made them; their signatures prove it."""

    account: str
    device: str
    display: str = ""
    station: str = ""
    session: str = ""
    posts: tuple[str, ...] = ()
    rights: tuple[wire.Rights, ...] = ()


async def run_salvage(called: argparse.Namespace) -> int:
    """Let them in: signatures, authors and rights are checked as ever."""
    async with opened(called, ("salvage", "cache")) as office:
        what, contents = salvage.read(called.file, office.keys.salvage_private)
        try:
            ops = [_operation(op) for op in what.ops]
        except (msgspec.ValidationError, KeyError, TypeError) as error:
            raise BeffroiError(
                _("Ce fichier ne contient pas ce qu’un poste écrit\u00a0: vérifiez d’où il vient.")
            ) from error
        kept = await _attached(office, contents, {op.author for op in ops})
        outcomes = await _pushed(office, what.device, ops)
        count: Counter[str] = Counter(outcome.status for outcome in outcomes)
        await office.note("salvage.taken", called.file.name, device=what.device, **count)
    refused = count["refused"]
    entered = count["kept"] + count["known"]
    lines = [
        ngettext("{n} opération reprise", "{n} opérations reprises", entered).format(n=entered)
        + ", " + ngettext("{n} pièce jointe.", "{n} pièces jointes.", kept).format(n=kept)
    ]  # fmt: skip
    if refused:
        lines.append(
            ngettext("{n} opération en quarantaine.", "{n} opérations en quarantaine.", refused).format(
                n=refused)
        )  # fmt: skip
    answer(called, {"outcomes": outcomes, "attachments": kept}, *lines)
    return 1 if refused else 0


def _operation(told: dict[str, Any]) -> wire.Op:
    """An operation as its station signed it: written again in its order, a payload has its bytes."""
    payload = msgspec.Raw(msgspec.json.encode(told["payload"]))
    return msgspec.convert({**told, "payload": payload}, wire.Op)


async def _pushed(office: Office, device: str, ops: Sequence[wire.Op]) -> list[wire.Outcome]:
    committer = Committer(Ledger(office.database), office.people, office.clock)
    committer.start()
    bearer = Bearer(account=office.who.account, device=device, station=office.who.station)
    outcomes: list[wire.Outcome] = []
    try:
        for start in range(0, len(ops), wire.MAX_PUSH_OPS):
            outcomes += await committer.push(bearer, ops[start : start + wire.MAX_PUSH_OPS])
    finally:
        await committer.stop()
    return outcomes


async def _attached(office: Office, contents: Iterator[bytes], authors: set[str]) -> int:
    """Keep the attachments that came with them, as sent by whoever wrote; how many."""
    blobs = await asyncio.to_thread(open_blobs, office.settings.blobs_place, office.keys.blob_key)
    register = Register(office.database, Ledger(office.database), office.people)
    bearers = [Bearer(account=account, device="") for account in sorted(authors)]
    kept = 0
    for content in contents:
        digest = sha256(content).hexdigest()
        await asyncio.to_thread(_put, blobs, digest, content)
        for bearer in bearers:
            await register.sent(bearer, digest, len(content), office.clock.now())
        kept += 1
    return kept


def _put(blobs: Blobs, digest: str, content: bytes) -> None:
    if blobs.size(digest) is not None:
        return
    upload = f"salvage:{digest}"
    for start in range(0, len(content), PIECE):
        blobs.put_part(upload, start, content[start : start + PIECE])
    blobs.finish(upload, digest)
