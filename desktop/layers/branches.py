"""What the tree of layers shows: branches, their leaves, and the legend under each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from beffroi.layers.calques import KIND_WORDS, Calque
from beffroi.layers.catalogue import LayerSpec, catalogue, groups
from beffroi.layers.painting import Line, legend
from beffroi.text import N_, _
from desktop.kit.stack import ENTRIES, LABELS, Stack
from desktop.layers.calques import Calques, Kept

TRACKS = "tracks"
"""The layer of what moves, which is one for all."""
_ICONS = {ENTRIES: "message-2", LABELS: "text-size", TRACKS: "route"}
_TITLES = {ENTRIES: N_("Entrées"), LABELS: N_("Noms de lieux"), TRACKS: N_("Pistes")}
_OWN = {
    "source": N_("Sources"), "drawing": N_("Dessins"), "query": N_("Requêtes"),
    "tracks": N_("Pistes"), "raster": N_("Images et tuiles"), "tiles": N_("Images et tuiles"),
}  # fmt: skip
KIND_ICONS = {
    "source": "broadcast", "drawing": "pencil", "query": "search", "tracks": "route",
    "raster": "photo", "tiles": "grid-dots",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """One layer: a shipped one (`spec`), one that people made (`kept`), or one of the house."""

    uid: str
    title: str
    icon: str = ""
    spec: LayerSpec | None = None
    kept: Kept | None = None
    lines: tuple[Line, ...] = ()

    @property
    def attribution(self) -> str:
        """Whose data it is, under which licence."""
        if self.spec:
            return f"{self.spec.attribution} – {self.spec.licence}"
        return self.kept.calque.attribution if self.kept else ""

    def answers(self, words: str) -> bool:
        """Whether a search for `words` (case folded) finds it: its name, source, kind, marking."""
        kind = kind_words(self.kept) if self.kept else ""
        return words in f"{self.title} {self.attribution} {kind}".casefold()


@dataclass(slots=True)
class Branch:
    """A group, its highest layer first; `own` ones are people's, and may be given other leaves."""

    title: str
    own: bool = False
    leaves: list[Leaf] = field(default_factory=list[Leaf])


def branches(stack: Stack, calques: Calques) -> list[Branch]:
    """All layers by group; the group whose highest layer is highest comes first."""
    specs = {spec.id: spec for spec in catalogue()}
    titles = {group.id: group.title for group in groups()}
    found: dict[str, Branch] = {}
    for uid in reversed(stack.order):
        if spec := specs.get(uid):
            branch = found.setdefault(spec.group, Branch(titles[spec.group]))
            branch.leaves.append(Leaf(uid, spec.title, spec=spec))
        elif kept := calques.kept.get(uid):
            title = group_of(kept.calque)
            found.setdefault(f"own/{title}", Branch(title, own=True)).leaves.append(_own(kept))
        elif uid in _TITLES:
            key, title = _house(uid, titles)
            branch = found.setdefault(key, Branch(title))
            branch.leaves.append(Leaf(uid, _(_TITLES[uid]), _ICONS[uid]))
    return list(found.values())


def _house(uid: str, titles: dict[str, str]) -> tuple[str, str]:
    return ("basemap", titles["basemap"]) if uid == LABELS else ("", _("Main courante"))


def _own(kept: Kept) -> Leaf:
    calque = kept.calque
    drawn = calque.kind in ("source", "query") and not kept.problem
    return Leaf(
        kept.uid, calque.title or _("Calque sans nom"), KIND_ICONS[calque.kind], kept=kept,
        lines=tuple(legend(calque.style)) if drawn else (),
    )  # fmt: skip


def group_of(calque: Calque) -> str:
    """The group a calque lies in: the one it names, or that of its kind."""
    return calque.group.strip() or _(_OWN[calque.kind])


def group_names(kept: Iterable[Kept]) -> Sequence[str]:
    """The groups people have made so far, in alphabetical order."""
    return sorted({group_of(one.calque) for one in kept}, key=str.casefold)


def kind_words(kept: Kept) -> str:
    """What a calque is, whose, under which marking: « Source, partagé (DR) »."""
    shared = _("partagé ({marking})").format(marking=kept.sheet.marking)
    whose = shared if kept.sheet.shared else _("pour moi seul")
    return f"{_(KIND_WORDS[kept.calque.kind])}, {whose}"
