"""What waits for a person, read in one go away from the main thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.journal.operation import Operation
from beffroi.logbook.conflicts import Conflict
from beffroi.logbook.dossiers import Dossier
from beffroi.logbook.figures import Indicator
from beffroi.logbook.sheet_words import name_of
from beffroi.node import Node
from beffroi.text import N_, _

KIND_WORDS: dict[str, str] = {
    "entry.publish": N_("Nouvelle entrée"),
    "entry.correct": N_("Correction"),
    "entry.void": N_("Annulation"),
    "entry.qualify": N_("Qualification"),
    "link.add": N_("Lien"),
    "link.remove": N_("Lien retiré"),
    "dossier.open": N_("Nouveau dossier"),
    "dossier.edit": N_("Dossier modifié"),
    "followup.open": N_("Suite demandée"),
    "followup.update": N_("Suite mise à jour"),
    "figure.record": N_("Chiffre"),
    "figure.arbitrate": N_("Arbitrage"),
    "source.put": N_("Source"),
    "source.drop": N_("Source retirée"),
    "layer.put": N_("Calque"),
    "layer.drop": N_("Calque retiré"),
    "shape.put": N_("Dessin"),
    "shape.drop": N_("Dessin effacé"),
    "zone.put": N_("Zone surveillée"),
    "zone.drop": N_("Zone effacée"),
    "track.put": N_("Suivi de piste"),
    "track.drop": N_("Suivi de piste arrêté"),
    "stage.put": N_("Étape"),
    "stage.drop": N_("Étape retirée"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An act that the hub set aside: what it was, its words, why; `label` names its entry."""

    op_id: str
    kind: str
    entity: str
    label: str
    made_at: int
    text: str
    why: str
    tries: int

    @property
    def title(self) -> str:
        """« Correction – MC-2024-000143 »."""
        word = _(KIND_WORDS[self.kind]) if self.kind in KIND_WORDS else self.kind
        return f"{word} – {self.label}" if self.label else word


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Contradictions of fields, of figures, and what the hub refused."""

    conflicts: tuple[Conflict, ...] = ()
    figures: tuple[tuple[Dossier, Indicator], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.conflicts) + len(self.figures) + len(self.rejected)

    def person(self, account: str) -> str:
        """The name of whoever holds an account."""
        return self.people.get(account, account)


def load(node: Node, others: Mapping[str, str]) -> Waiting:
    """Read everything that waits (slow); `others` are people's names by account."""
    account = node.who.account
    return Waiting(
        conflicts=tuple(node.logbook.conflicts(account)),
        figures=tuple(
            (dossier, indicator)
            for dossier in node.logbook.dossiers()
            for indicator in node.logbook.figures(dossier.uid)
            if indicator.conflict
        ),
        rejected=tuple(
            _rejected(node, one.operation, one.why, one.tries) for one in node.journal.refused()
        ),
        people={**others, **{known.name: known.display for known in node.accounts.all()}},
    )


def _rejected(node: Node, operation: Operation, why: str, tries: int) -> Rejected:
    return Rejected(
        op_id=operation.op_id,
        kind=operation.kind,
        entity=operation.entity,
        label=_label(node, operation),
        made_at=operation.made_at,
        text=words_of(operation.payload),
        why=why,
        tries=tries,
    )


def _label(node: Node, operation: Operation) -> str:
    if not operation.kind.startswith("entry."):
        return ""
    try:
        return node.logbook.entry(operation.entity).label
    except BeffroiError:
        return ""


def words_of(payload: bytes) -> str:
    """The words in an act: the text of an entry, a title, a reason; nothing when there are none."""
    try:
        said: Any = msgspec.json.decode(payload)
    except msgspec.DecodeError:
        return ""
    if not isinstance(said, dict):
        return ""
    content = said.get("content")
    found = [content.get("text")] if isinstance(content, dict) else []
    found += [said.get(name) for name in ("title", "text", "kept", "note", "reason")]
    fields = said.get("fields")
    found += [name_of(fields)] if isinstance(fields, dict) else []
    return next((word for word in found if isinstance(word, str) and word), "")
