"""`beffroi-admin audit`: proves the journal and the trail, shows the trail to the security officer."""

import argparse
import sys

import msgspec

from beffroi.access.accounts import SECURITY
from beffroi.admin.parser import Commands, count
from beffroi.admin.session import answer, opened, profile_options
from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.journal import ChainBreak
from beffroi.logbook.proof import first_unfaithful
from beffroi.node import Node
from beffroi.store import StoreError
from beffroi.text import N_, _

ENTRIES, FILE, DAMAGED = "entries", "store", "damaged"
_WHY = {
    "missing": N_("il manque une ligne"),
    "unlinked": N_("la ligne ne suit pas la précédente"),
    "altered": N_("la ligne a été modifiée"),
    DAMAGED: N_("Base : des pages sont abîmées. Restaurez la dernière sauvegarde du profil."),
}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a chain is whole, its first broken link otherwise.

    "store" stands for the file; "entries" for what lists show, `label` naming an entry that does
    not follow from the journal.
    """

    chain: str
    whole: bool
    seq: int | None = None
    why: str = ""
    label: str = ""


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `audit verify` and `audit show`."""
    audit = commands.add_parser("audit", help=_("vérifie et montre les traces"))
    acts = audit.add_subparsers(metavar=_("ACTION"), required=True, dest="act")
    verify = acts.add_parser(
        "verify", help=_("vérifie les chaînes du journal et des traces, les entrées et le fichier")
    )
    profile_options(verify)
    verify.set_defaults(run=run_verify)
    show = acts.add_parser("show", help=_("montre les traces (rôle RSSI)"))
    profile_options(show)
    show.add_argument("--limit", type=count, default=100, help=_("nombre de lignes"))
    show.add_argument("--actor", default="", help=_("seulement ce compte"))
    show.add_argument("--action", default="", help=_("seulement ce genre d’acte"))
    show.set_defaults(run=run_show)


def run_verify(called: argparse.Namespace) -> int:
    """Name the first broken link, say whether lists and file are true; 1 when all is not well."""
    try:
        with opened(called) as node:
            verdicts = [
                _verdict("journal", node.journal.verify()),
                _verdict("audit", node.audit.verify()),
                _shown(first_unfaithful(node.store, node.journal)),
                _file(node.store.damaged_pages()),
            ]
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    answer(called, verdicts, *(_sentence(verdict) for verdict in verdicts))
    return 0 if all(verdict.whole for verdict in verdicts) else 1


def _verdict(chain: str, broken: ChainBreak | None) -> Verdict:
    if broken is None:
        return Verdict(chain=chain, whole=True)
    return Verdict(chain=chain, whole=False, seq=broken.seq, why=broken.why)


def _shown(label: str | None) -> Verdict:
    if label is None:
        return Verdict(chain=ENTRIES, whole=True)
    return Verdict(chain=ENTRIES, whole=False, why="altered", label=label)


def _file(pages: int) -> Verdict:
    return Verdict(chain=FILE, whole=not pages, why=DAMAGED if pages else "")


def _sentence(verdict: Verdict) -> str:
    if verdict.chain == ENTRIES:
        if verdict.whole:
            return _("Entrées : conformes au journal.")
        return _(
            "Entrées : {label} ne dit pas ce que dit le journal. "
            "Conservez le profil et prévenez le RSSI."
        ).format(label=verdict.label)
    if verdict.chain == FILE:
        return _("Base : intacte.") if verdict.whole else _(_WHY[DAMAGED])
    name = _("Journal") if verdict.chain == "journal" else _("Traces")
    if verdict.whole:
        return _("{name} : chaîne entière.").format(name=name)
    why = _(_WHY[verdict.why]) if verdict.why in _WHY else verdict.why
    return _(
        "{name} : chaîne rompue à la ligne {seq} ({why}). Conservez le profil et prévenez le RSSI."
    ).format(name=name, seq=verdict.seq, why=why)


def run_show(called: argparse.Namespace) -> int:
    """The trail, newest first, for the security officer only; the reading is itself traced."""
    with opened(called) as node:
        _security_only(node)
        lines = list(node.audit.lines(called.limit, actor=called.actor, action=called.action))
        node.audit.record(node.who, "audit.read", count=len(lines))
    told = (
        f"{line.seq:>7}  {to_datetime(line.at):%Y-%m-%dT%H:%M:%SZ}  {line.actor} ({line.post})"
        f"  {line.action}  {line.object}  {line.detail}"
        for line in lines
    )
    answer(called, lines, *told)
    return 0


def _security_only(node: Node) -> None:
    account = next(a for a in node.accounts.all() if a.name == node.who.account)
    if account.role != SECURITY:
        node.audit.record(node.who, "audit.refused")
        raise BeffroiError(_("Les traces ne se lisent qu’avec un compte de rôle RSSI."))
