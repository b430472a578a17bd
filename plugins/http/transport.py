"""One turn of an HTTP source: what is there now, unless it is what was there last time."""

import asyncio
from collections.abc import AsyncIterator

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.words import _
from plugins.http.asking import Answer, Asker
from plugins.http.pages import followed
from plugins.http.secrets import signed

STREAM = False


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """The body at the address; nothing when the server says that it did not change.

    Options: `follow` = "next" gathers the pages of an OGC API; `secret_in` says where the secret
    goes (`bearer`, `basic:user`, `header:Name`, `query:name`).

    Raises:
        Unreachable: nothing could be had; says why and what to do.
    """
    url, headers = signed(call.address, str(call.options.get("secret_in", "")), call.secret)
    asker = Asker(call.door, headers)
    try:
        async with asyncio.timeout(call.limit_s), asker:
            answer = await asker.ask(url, _conditions(call))
            if answer is None:
                return
            if call.options.get("follow") == "next":
                answer = await followed(asker, answer)
    except TimeoutError as error:
        raise Unreachable(
            _("La réponse arrive trop lentement\u00a0: la source est relue plus tard.")
        ) from error
    yield Fetched(
        data=answer.data,
        name=answer.name,
        media_type=answer.media_type,
        memory=_kept(call.address, answer),
    )


def _conditions(call: Call) -> dict[str, str]:
    """Ask only for what changed since last time, at the same address."""
    if call.memory.get("address") != call.address:
        return {}
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {header: call.memory[key] for key, header in names.items() if call.memory.get(key)}


def _kept(address: str, answer: Answer) -> dict[str, str]:
    kept = {"address": address, "etag": answer.etag, "modified": answer.modified}
    return {name: value for name, value in kept.items() if value}
