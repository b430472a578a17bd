"""Builds a node: every part of the domain once, over one store."""

from pathlib import Path

from beffroi.access import Accounts, Audit
from beffroi.attachments import Attachments
from beffroi.changes import ChangeFeed
from beffroi.clock import Clock
from beffroi.journal import Identity, Journal
from beffroi.logbook.duplicates import Duplicates
from beffroi.logbook.logbook import Logbook
from beffroi.logbook.personal import Personal
from beffroi.logbook.points import Points
from beffroi.logbook.search import Search
from beffroi.logbook.sheets import Sheets
from beffroi.node.node import Node
from beffroi.node.observed import Observed
from beffroi.places import Places
from beffroi.profile import ATTACHMENTS_FOLDER, HubLink, ProfileInfo
from beffroi.profile.upstream import signer
from beffroi.store import Settings, Store
from beffroi.taxonomy import of_profile


def build(
    folder: Path,
    info: ProfileInfo,
    store: Store,
    key: bytes,
    who: Identity,
    clock: Clock,
    link: HubLink | None,
) -> Node:
    """The node of `who` over the open `store`; with `link` it signs and numbers for the hub."""
    accounts = Accounts(store)
    audit = Audit(store, clock)
    settings = Settings(store)
    feed = ChangeFeed()
    taxonomy, problem = of_profile(folder)
    personal = Personal(store, who.account, clock)
    journal = Journal(
        store, feed, clock, info.workspace,
        signer=signer(settings, link) if link else None, mode=info.mode,
    )  # fmt: skip
    station_code = link.station_code if link else ""
    return Node(
        folder=folder,
        info=info,
        store=store,
        feed=feed,
        clock=clock,
        journal=journal,
        audit=audit,
        accounts=accounts,
        settings=settings,
        logbook=Logbook(store, journal, clock, info.journal, station_code),
        sheets=Sheets(store, journal, clock, who.account),
        observed=Observed(folder, key),
        personal=personal,
        search=Search(store, personal, clock, taxonomy),
        points=Points(store, feed),
        duplicates=Duplicates(store, clock),
        places=Places(),
        attachments=Attachments(
            folder / ATTACHMENTS_FOLDER,
            key,
            store,
            clock,
            lambda who, action, obj, name: audit.record(who, action, obj, name=name),
        ),
        taxonomy=taxonomy,
        taxonomy_problem=problem,
        who=who,
    )
