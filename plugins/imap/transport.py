"""New letters of a mailbox: read-only (EXAMINE, BODY.PEEK), each told once (RFC 9051)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import SplitResult, unquote

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.address import taken_apart
from beffroi.plugin.limits import MAX_BYTES
from beffroi.plugin.words import _
from plugins.imap.letters import Part, parts_of
from plugins.imap.session import Session

STREAM = False
MANY = True
"""Its deliveries are separate things: one that cannot be read is passed over."""
MAX_LETTERS = 50
"""Per turn; the next ones come at the next."""


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """What the new letters carry: their attachments, or else their text.

    The address is imaps://login@machine/folder.  Options: `from` keeps the letters of one sender,
    `attachments` = false takes the text alone.  What is read stays unread for others.

    Raises:
        Unreachable: nobody there, wrong password, no such folder.
    """
    parts = _checked(call.address)
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    session = Session(call.door, str(parts.hostname), port)
    try:
        async with asyncio.timeout(call.limit_s):
            found = await _new(session, parts, call)
    except TimeoutError as error:
        raise Unreachable(
            _("La boîte aux lettres répond trop lentement\u00a0: elle est relue plus tard.")
        ) from error
    finally:
        with suppress(OSError, Unreachable, TimeoutError):
            await session.close()
    for one in found:
        yield one


async def _new(session: Session, parts: SplitResult, call: Call) -> list[Fetched]:
    await session.open(tls=parts.scheme == "imaps")
    await session.login(unquote(parts.username or ""), call.secret)
    validity = await session.examine(unquote(parts.path.strip("/")) or "INBOX")
    same_box = call.memory.get("validity") == validity
    last = int(call.memory.get("uid", 0)) if same_box else 0
    fresh = await session.uids_after(last, str(call.options.get("from", "")))
    attachments = bool(call.options.get("attachments", True))
    found, size = list[Fetched](), 0
    for uid in fresh[:MAX_LETTERS]:
        letter = await session.letter(uid)
        size += len(letter)
        memory = {"validity": validity, "uid": str(uid)}
        for data, name, media_type in await asyncio.to_thread(_read, letter, attachments):
            found.append(Fetched(data=data, name=name, media_type=media_type, memory=memory))
        if size > MAX_BYTES:
            break
    return found


def _read(letter: bytes, attachments: bool) -> list[Part]:
    """What a letter carries; one made to harm is told as empty, and holds up none that follows."""
    try:
        return parts_of(letter, attachments=attachments)
    except Unreachable:
        return [(b"", _("message illisible"), "message/rfc822")]


def _checked(address: str) -> SplitResult:
    parts, _port = taken_apart(address)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise Unreachable(
            _("L’adresse d’une boîte aux lettres s’écrit imaps://identifiant@machine/dossier.")
        )
    return parts
