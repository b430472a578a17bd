"""The envelope of EDXL-DE: who sends what to whom, where and until when; XML and JSON alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from beffroi.plugin import Book, Record, Scalar, flat, times, tree
from beffroi.plugin.words import _
from plugins.cap.areas import area_of

_REQUIRED = ("distributionID", "senderID", "dateTimeSent", "distributionStatus")
_TWO = ("dateTimeExpires", "distributionKind", "descriptor")
_ADDRESS = ("explicitAddressScheme", "explicitAddressValue")
_KNOWN = frozenset(
    (
        *_REQUIRED, *_TWO, "distributionType", "combinedConfidentiality", "language", "senderRole",
        "recipientRole", "keyword", "distributionReference", "explicitAddress", "targetArea",
        "contentObject", "content", "other", "link", "dateTimeEffective", "distributionKindDefault",
        "confidentiality", "incidentID", "incidentDescription",
    )
)  # fmt: skip
_CONTENTS = ("embeddedXMLContent", "embeddedJsonContent", "embeddedXML")


@dataclass(frozen=True)
class Envelope:
    """One distribution, as a tree."""

    tree: object

    @property
    def uid(self) -> str:
        """Its identity; empty when it has none."""
        return tree.text(self.tree, "distributionID")

    @property
    def kind(self) -> str:
        """`report`, `update`, `cancel`… in lower case."""
        return (
            tree.text(self.tree, "distributionKind") or tree.text(self.tree, "distributionType")
        ).lower()

    @property
    def exercise(self) -> bool:
        """Whether it says that it is not for real."""
        return tree.text(self.tree, "distributionStatus").lower() in ("exercise", "test", "system")

    def contents(self) -> Iterator[object]:
        """What is inside: each document as a tree under its name."""
        yield from tree.deep(self.tree, *_CONTENTS)

    def ended(self) -> list[str]:
        """What it withdraws: the distributions that it names (`id,sender,moment`)."""
        if self.kind != "cancel":
            return []
        named = tree.texts(self.tree, "distributionReference")
        return [words.split(",")[0].strip() for words in named]

    def fields(self) -> dict[str, Scalar]:
        """What the envelope says, under `distribution.`."""
        told: dict[str, object] = {
            name: tree.text(self.tree, name)
            for name in (*_REQUIRED, "dateTimeExpires", "combinedConfidentiality")
        }
        told["kind"] = self.kind
        told["language"] = next((tree.text(n) for n in tree.deep(self.tree, "language")), "")
        told["recipient"] = ", ".join(
            tree.text(value) for value in tree.deep(self.tree, "explicitAddressValue")
        )
        told["keyword"] = ", ".join(tree.text(k, "value") for k in tree.deep(self.tree, "keyword"))
        for name in ("contentDescription", "incidentID", "incidentDescription"):
            told[name] = next((tree.text(n) for n in tree.deep(self.tree, name)), "")
        return flat({"distribution": told})

    def record(self, book: Book, zone: str) -> Record:
        """The envelope alone, for contents that nobody reads; where it is meant for is its shape."""
        words = next(
            (tree.text(n) for n in tree.deep(self.tree, "contentDescription", "headline")), ""
        )
        words = words or _("Message de {sender}").format(sender=tree.text(self.tree, "senderID"))
        return Record(
            id=self.uid,
            geometry=area_of(self._targeted(), book, self.uid),
            properties=self.fields(),
            title=_("EXERCICE – {title}").format(title=words) if self.exercise else words,
            time=times.instant(tree.text(self.tree, "dateTimeSent"), zone),
            until=times.instant(tree.text(self.tree, "dateTimeExpires"), zone),
        )

    def _targeted(self) -> object:
        return {"targetArea": list(tree.deep(self.tree, "targetArea"))}

    def check(self, book: Book) -> None:
        """Note what the standard requires and the envelope lacks, and what it does not know."""
        second = tree.at(self.tree, "distributionType") is None
        required = (*_REQUIRED, *_TWO) if second else (*_REQUIRED, "combinedConfidentiality")
        for name in required:
            if tree.at(self.tree, name) is None:
                self._note(book, _("champ obligatoire absent : {name}"), name)
        for address in tree.deep(self.tree, "explicitAddress"):
            for name in _ADDRESS:
                if not tree.text(address, name):
                    self._note(book, _("champ obligatoire absent : {name}"), name)
        for name in self.tree if isinstance(self.tree, dict) else ():
            if name not in _KNOWN and not name.startswith("@"):
                self._note(book, _("champ inconnu : {name}"), name)

    def _note(self, book: Book, why: str, name: str) -> None:
        book.note(self.uid or _("enveloppe"), why.format(name=name), lost=False)
