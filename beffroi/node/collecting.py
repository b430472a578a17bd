"""How the process that follows the sources is told which profile it works for."""

from beffroi.clock import Clock
from beffroi.node.node import Node
from beffroi.profile import ATTACHMENTS_FOLDER
from beffroi.sources.orders import Start


def collecting(node: Node, language: str = "fr") -> Start:
    """The first line for the collecting process of an open profile."""
    return Start(
        store=str(node.store.path), observations=str(node.observed.path),
        attachments=str(node.folder / ATTACHMENTS_FOLDER), key=node.observed.key.hex(),
        account=node.who.account, zone=node.info.zone, language=language,
        ahead_ms=node.clock.now() - Clock().now(),
    )  # fmt: skip
