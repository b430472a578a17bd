"""`beffroi-admin hub status`: how the hub is."""

import argparse

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.text import _
from hub.admin.office import command, opened
from hub.version import VERSION


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command(commands, "status", _("dit comment va le hub"), run_status)


async def run_status(called: argparse.Namespace) -> int:
    """Say it."""
    async with opened(called, ("read", "quarantine")) as office:
        async with office.database.read() as session:
            counts = {
                name: int((await session.rows(f"SELECT count(*) FROM {name}"))[0][0])
                for name in ("account", "workspace", "device", "operation")
            }
        living = await office.people.sessions.living()
    document = {"version": VERSION, **counts, "sessions": len(living)}
    answer(called, document, *(f"{name:<12} {value}" for name, value in document.items()))
    return 0
