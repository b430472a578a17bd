"""A map leaves the profile: with the right to, and with a line in the audit trail before it is there."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.journal import rights
from beffroi.node import Node
from beffroi.text import _
from desktop.printing.plan import Facts, Plan


def to_file(
    node: Node, plan: Plan, facts: Facts, path: Path, write: Callable[[Path], None]
) -> None:
    """Let `write` make a file beside its place, trace it, then put it there.

    Raises:
        BeffroiError: the person may not export, or the file cannot be written.
    """
    rights.exporting(node.who)
    temporary = path.with_name(f".{path.name}.part")
    try:
        write(temporary)
        with temporary.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        record(node, plan, facts, path.name, format=path.suffix.lower().lstrip("."), sha256=digest)
        temporary.replace(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {path} ne peut pas être écrit\u00a0: vérifiez le dossier et la place."
            ).format(path=path)
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def record(node: Node, plan: Plan, facts: Facts, name: str, **more: str) -> None:
    """Write into the audit trail that a map is printed: which, where, under which marking."""
    ground = plan.ground
    node.audit.record(
        node.who, "print", name, title=plan.title, number=plan.number, marking=facts.marking,
        paper=plan.paper.name, copies=plan.copies, scale=round(ground.scale),
        lon=round(ground.lon, 5), lat=round(ground.lat, 5), **more,
    )  # fmt: skip
