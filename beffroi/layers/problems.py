"""What was wrong in a file that somebody brought, said once per reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from beffroi.text import N_, _, ngettext


class Reason(Enum):
    """Why a feature was left out, or what was changed so that it could be kept."""

    NO_GEOMETRY = N_("sans géométrie")
    NOT_A_FEATURE = N_("sans forme d’objet GeoJSON")
    UNKNOWN_GEOMETRY = N_("de géométrie inconnue ou mal formée")
    NOT_A_NUMBER = N_("à coordonnée non numérique")
    OUT_OF_GLOBE = N_("hors du globe")
    SWAPPED = N_("à latitude et longitude inversées, semble-t-il")
    METRES = N_("en mètres, sans système de coordonnées déclaré (Lambert-93 ?)")
    TOO_COMPLEX = N_("de plus de 500 000 points")
    TOO_MANY = N_("au-delà de la limite du fichier")
    DOUBTFUL_ORDER = N_("à latitude et longitude peut-être inversées")


_KEPT = (Reason.DOUBTFUL_ORDER,)


@dataclass(frozen=True)
class Problem:
    """One kind of trouble: where it was first met, why, and how many times."""

    where: str
    reason: Reason
    count: int = 1

    @property
    def why(self) -> str:
        """The reason in words."""
        return _(self.reason.value)

    @property
    def kept(self) -> bool:
        """Whether the features concerned were kept all the same."""
        return self.reason in _KEPT


class ProblemBook:
    """Gathers problems while a file is read."""

    def __init__(self) -> None:
        self._counts: Counter[Reason] = Counter()
        self._first: dict[Reason, str] = {}

    def note(self, where: str, reason: Reason, count: int = 1) -> None:
        """Remember one more case of `reason`, first met at `where`."""
        self._counts[reason] += count
        self._first.setdefault(reason, where)

    def problems(self) -> tuple[Problem, ...]:
        """What was met, the most frequent first."""
        return tuple(
            Problem(self._first[reason], reason, count)
            for reason, count in self._counts.most_common()
        )


def sentence(problems: Sequence[Problem], kept: int) -> str:
    """One sentence on what was left out of a file of which `kept` features remain."""
    skipped = [p for p in problems if not p.kept]
    total = sum(p.count for p in skipped)
    if not problems:
        return ngettext("{n} objet lu.", "{n} objets lus.", kept).format(n=kept)
    words = ", ".join(f"{p.count} {p.why}" for p in problems)
    if not kept:
        return _("Aucun objet de ce fichier ne peut être dessiné ({words}) : corrigez-le.").format(
            words=words
        )
    head = ngettext("{n} objet lu", "{n} objets lus", kept).format(n=kept)
    if not total:
        return _("{head} ({words}) : vérifiez l’ordre des coordonnées.").format(
            head=head, words=words
        )
    tail = ngettext("{n} ignoré", "{n} ignorés", total).format(n=total)
    return _("{head}, {tail} ({words}) : corrigez le fichier et importez-le de nouveau.").format(
        head=head, tail=tail, words=words
    )
