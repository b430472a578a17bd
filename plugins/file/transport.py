"""One turn of a file source: its bytes, unless they are those of last time."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.local import is_settled, local_path, stamp, taken
from beffroi.plugin.words import _

STREAM = False


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """The file at the address (a path or file://); nothing while it is as it was, or being written.

    Raises:
        Unreachable: no such file, or it may not be read.
    """
    path = local_path(call)
    told = await asyncio.to_thread(_told, path, call.memory.get("stamp", ""))
    if told is not None:
        data, seal = told
        yield Fetched(data=data, name=path.name, memory={"stamp": seal})


def _told(path: Path, known: str) -> tuple[bytes, str] | None:
    try:
        seal = stamp(path)
        if seal == known or (known and not is_settled(path)):
            return None
        return taken(path), seal
    except OSError as error:
        raise Unreachable(
            _(
                "Le fichier {name} ne peut pas être lu\u00a0: vérifiez qu’il est toujours là."
            ).format(name=path.name)
        ) from error
