"""What leaves the profile: marked as the highest it holds, whole, in the audit trail beforehand."""

from collections.abc import Callable, Iterable
from hashlib import file_digest
from pathlib import Path

from beffroi.exchange.watermark import Watermark
from beffroi.journal import Identity
from beffroi.logbook.content import highest
from beffroi.node import Node
from beffroi.store.whole_file import whole_file


def watermark(
    node: Node, who: Identity, title: str, markings: Iterable[str], query: str = ""
) -> Watermark:
    """What a file says of itself; its marking is the highest of the profile and of `markings`."""
    return Watermark(
        title=title,
        workspace=node.info.workspace,
        mode=node.info.mode,
        marking=highest(node.info.marking, *markings),
        exported_by=f"{who.person} ({who.account}, {who.post})",
        exported_at=node.clock.now(),
        query=query,
        zone=node.info.zone,
    )


def leave(path: Path, write: Callable[[Path], None], trace: Callable[[str], None]) -> str:
    """Let `write` make the file, `trace` tell its SHA-256, then put it in its place; the SHA-256.

    Raises:
        BeffroiError: the file cannot be written.
    """
    with whole_file(path) as unfinished:
        write(unfinished)
        with unfinished.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        trace(digest)
    return digest
