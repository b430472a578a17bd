"""One turn of a watched folder: what appeared or changed in it, the oldest first."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.local import is_settled, local_path, stamp, taken
from beffroi.plugin.words import _

STREAM = False
MANY = True
"""Its deliveries are separate things: one that cannot be read is passed over."""
MAX_FILES = 2_000
MAX_PER_TURN = 50


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """Each new or changed file of the folder (its own, not those of folders below).

    Options: `pattern` chooses by name (`*.csv`).  A file that is still being written waits for the
    next turn; links and hidden files are left alone.

    Raises:
        Unreachable: no such folder, it may not be read, or holds too many files.
    """
    folder = local_path(call)
    pattern = str(call.options.get("pattern", "*")) or "*"
    memory = dict(call.memory)
    for path in await asyncio.to_thread(_waiting, folder, pattern, memory):
        try:
            seal, data = stamp(path), await asyncio.to_thread(taken, path)
        except OSError:
            continue
        memory[path.name] = seal
        yield Fetched(data=data, name=path.name, memory=dict(memory))


def _waiting(folder: Path, pattern: str, memory: Mapping[str, str]) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if _is_ours(path, pattern)]
        if len(found) > MAX_FILES:
            raise Unreachable(
                _(
                    "Ce dossier contient plus de 2\u202f000 fichiers\u00a0: choisissez-en un plus petit."
                )
            )
        fresh = [path for path in found if memory.get(path.name) != stamp(path)]
        settled = [path for path in fresh if is_settled(path)]
        return sorted(settled, key=lambda path: path.stat().st_mtime_ns)[:MAX_PER_TURN]
    except OSError as error:
        raise Unreachable(
            _(
                "Le dossier {name} ne peut pas être lu\u00a0: vérifiez qu’il est toujours là."
            ).format(name=folder.name)
        ) from error


def _is_ours(path: Path, pattern: str) -> bool:
    return (
        not path.name.startswith(".")
        and fnmatch(path.name, pattern)
        and not path.is_symlink()
        and path.is_file()
    )
