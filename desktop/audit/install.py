"""Puts the security officer's dock on their desk; anybody else who asks for it is refused, traced."""

from functools import partial

from beffroi.access.accounts import SECURITY
from beffroi.node import Node
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.audit.panel import AuditPanel
from desktop.audit.source import Fetch, HubSource
from desktop.kit.commands import Command

DOCK = "audit"


def install(desk: Desk, fetch: Fetch | None = None) -> None:
    """Register the command, and add the dock when the account has the role.

    `fetch` reaches the hub; without it only this station's traces are read.
    """
    desk.commands.register(
        Command(
            id="audit.show",
            title=N_("Traces et intégrité (RSSI)"),
            run=lambda: _ask(desk, fetch),
            menu="Affichage",
            icon="shield-check",
            category=N_("RSSI"),
        )
    )
    desk.tasks.run(lambda: is_officer(desk.node), partial(_welcome, desk, fetch))


def _welcome(desk: Desk, fetch: Fetch | None, officer: bool) -> None:
    if officer:
        _add(desk, fetch)


def _ask(desk: Desk, fetch: Fetch | None) -> None:
    """Somebody asks for the traces: which role they hold is asked anew."""
    desk.tasks.run(lambda: _known(desk.node), partial(_answer, desk, fetch), touches_store=True)


def _known(node: Node) -> bool:
    """Whether the officer asks; anybody else is written down."""
    officer = is_officer(node)
    if not officer:
        node.audit.record(node.who, "audit.refused")
    return officer


def _answer(desk: Desk, fetch: Fetch | None, officer: bool) -> None:
    if officer:
        _add(desk, fetch)
        desk.docks.show(DOCK)
        return
    desk.notices.warn(
        _("Les traces ne se lisent qu’avec un compte de rôle RSSI\u00a0: connectez-vous avec lui.")
    )


def is_officer(node: Node) -> bool:
    """Whether whoever sits here is the security officer."""
    return any(
        account.name == node.who.account and account.role == SECURITY
        for account in node.accounts.all()
    )


def _add(desk: Desk, fetch: Fetch | None) -> None:
    if "audit.verify" in desk.commands:
        return
    panel = AuditPanel(desk, HubSource(fetch) if fetch is not None else None)
    desk.docks.add(DOCK, _("Traces (RSSI)"), panel, area="centre", icon="shield-check")
    run = {
        "audit.verify": (N_("Vérifier l’intégrité"), panel.verify, "", "shield-check"),
        "audit.filter": (N_("Filtrer les traces"), panel.filters.into, "Ctrl+F", "filter"),
        "audit.read": (N_("Relire les traces"), panel.read, "F5", "refresh"),
    }
    desk.commands.register(
        *(
            Command(
                id=name, title=title, run=work, shortcut=key, icon=icon, scope=DOCK,
                category=N_("RSSI"),
            )
            for name, (title, work, key, icon) in run.items()
        )
    )  # fmt: skip
    desk.commands.bind(DOCK, panel)
