"""A map leaves the profile: with the right to, and with a line in the audit trail before it is there."""

from collections.abc import Callable
from pathlib import Path

from beffroi.exchange.leaving import leave
from beffroi.journal import rights
from beffroi.node import Node
from desktop.printing.plan import Facts, Plan


def to_file(
    node: Node, plan: Plan, facts: Facts, path: Path, write: Callable[[Path], None]
) -> None:
    """Let `write` make a file beside its place, trace it, then put it there.

    Raises:
        BeffroiError: the person may not export, or the file cannot be written.
    """
    rights.exporting(node.who)
    suffix = path.suffix.lower().lstrip(".")
    leave(
        path,
        write,
        lambda digest: record(node, plan, facts, path.name, format=suffix, sha256=digest),
    )


def record(node: Node, plan: Plan, facts: Facts, name: str, **more: str) -> None:
    """Write into the audit trail that a map is printed: which, where, under which marking."""
    ground = plan.ground
    node.audit.record(
        node.who, "print", name, title=plan.title, number=plan.number, marking=facts.marking,
        paper=plan.paper.name, copies=plan.copies, scale=round(ground.scale),
        lon=round(ground.lon, 5), lat=round(ground.lat, 5), **more,
    )  # fmt: skip
