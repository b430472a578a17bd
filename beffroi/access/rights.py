"""What a person may do: action × object × bucket × own or any.  The hub decides, desktops mirror it.

Everything that lets someone in asks `may`; nothing else in Beffroi compares roles.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from beffroi.access.buckets import (
    EVERY_ORG,
    EVERYWHERE,
    Bucket,
    above,
    checked_caveats,
    org_caveat,
)
from beffroi.access.roles import role
from beffroi.errors import BeffroiError
from beffroi.text import _

DEFAULT_GRACE_MS = 30 * 60_000
_NEEDED = {
    "entry.publish": ("create", "entry"),
    "entry.correct": ("correct", "entry"),
    "entry.void": ("void", "entry"),
    "entry.qualify": ("qualify", "entry"),
    "link.add": ("link", "entry"),
    "link.remove": ("link", "entry"),
    "dossier.open": ("create", "dossier"),
    "dossier.edit": ("edit", "dossier"),
    "followup.open": ("create", "followup"),
    "followup.update": ("edit", "followup"),
    "figure.record": ("create", "figure"),
    "figure.arbitrate": ("arbitrate", "figure"),
    "source.put": ("edit", "source"),
    "source.drop": ("edit", "source"),
    "layer.put": ("edit", "layer"),
    "layer.drop": ("edit", "layer"),
    "zone.put": ("edit", "layer"),
    "zone.drop": ("edit", "layer"),
    "shape.put": ("edit", "layer"),
    "shape.drop": ("edit", "layer"),
    "track.put": ("edit", "track"),
    "track.drop": ("edit", "track"),
    "stage.put": ("edit", "track"),
    "stage.drop": ("edit", "track"),
}


class Held(Protocol):
    """A right as the hub or the wire says it (`beffroi.sync.wire.Rights` is one)."""

    @property
    def workspace(self) -> str:
        """Where it holds, `*` everywhere."""

    @property
    def actions(self) -> Collection[str]:
        """`action:object[:own]` words."""

    @property
    def marking(self) -> str:
        """The highest marking."""

    @property
    def caveats(self) -> Collection[str]:
        """The caveats held."""

    @property
    def until(self) -> int:
        """UTC ms when it ends, 0 for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right in force."""

    workspace: str
    role: str
    actions: frozenset[str]
    marking: str = "DR"
    caveats: tuple[str, ...] = ()
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an administrator gave to an account: a role in a workspace (`*` for all), how far, when.

    Times are UTC ms, 0 without limit.  What is bound to a shift ends `grace` ms after `not_after`.
    A `convention` (its reference) lets a partner above the marking of their role.
    """

    account: str
    workspace: str
    role: str
    marking: str = "DR"
    caveats: tuple[str, ...] = ()
    not_before: int = 0
    not_after: int = 0
    grace: int = 0
    convention: str = ""

    @property
    def until(self) -> int:
        """When it ends, grace included; 0 never."""
        return self.not_after + self.grace if self.not_after else 0

    def holds(self, now: int) -> bool:
        """Whether it is in force at `now` (UTC ms)."""
        return self.not_before <= now and (not self.until or now < self.until)


def needed(kind: str) -> tuple[str, str] | None:
    """The (action, object) that an operation of that kind asks for; None when nobody knows it."""
    return _NEEDED.get(kind)


def right(grant: Grant, organisation: str) -> Right:
    """What `grant` gives to someone of `organisation`: their own things, or all organisations'."""
    held = role(grant.role)
    own = EVERY_ORG if held.every_org else org_caveat(organisation)
    return Right(
        workspace=grant.workspace,
        role=held.code,
        actions=held.words,
        marking=grant.marking,
        caveats=tuple(sorted({*grant.caveats, *((own,) if own else ())})),
        until=grant.until,
    )


def in_force(grants: Iterable[Grant], organisation: str, now: int) -> tuple[Right, ...]:
    """The rights that `grants` give at `now` (UTC ms)."""
    return tuple(right(grant, organisation) for grant in grants if grant.holds(now))


def may(
    rights: Iterable[Held],
    action: str,
    what: str,
    bucket: Bucket | None = None,
    *,
    own: bool = False,
    now: int = 0,
) -> bool:
    """Whether one of `rights` allows `action` on a `what` that lies in `bucket`.

    Without bucket it is about the house and not about content (accounts, devices, backups).  `own`
    says that the person made the thing; `now` (UTC ms, 0 to skip) leaves out rights that ended.
    """
    words = {f"{action}:{what}", f"{action}:{what}:own"} if own else {f"{action}:{what}"}
    return any(
        not words.isdisjoint(held.actions)
        and (bucket is None or bucket.visible(held.workspace, held.marking, held.caveats))
        and not (held.until and now >= held.until)
        for held in rights
    )


def sees(rights: Iterable[Held], bucket: Bucket, *, now: int = 0) -> bool:
    """Whether content that lies in `bucket` exists for the holder of `rights`."""
    return may(rights, "read", "entry", bucket, now=now)


def check_grant(grant: Grant) -> None:
    """Let `grant` be given.

    Raises:
        BeffroiError: a role for all workspaces that has no such reach, a partner above NP without a
            convention, an end before the beginning, an unknown caveat or role.
    """
    held = role(grant.role)
    checked_caveats(caveat for caveat in grant.caveats if caveat != EVERY_ORG)
    if grant.workspace == EVERYWHERE and not held.everywhere:
        raise BeffroiError(
            _(
                "Le rôle «\u202f{role}\u202f» se donne dans un espace précis\u00a0: nommez-le."
            ).format(role=_(held.title))
        )
    if above(grant.marking, "DR_SF"):
        raise BeffroiError(
            _(
                "La mention «\u202f{marking}\u202f» n’existe pas\u00a0: choisissez NP, DR ou DR_SF."
            ).format(marking=grant.marking[:20])
        )
    if above(grant.marking, held.marking) and not grant.convention:
        raise BeffroiError(
            _(
                "Un invité partenaire ne voit pas au-dessus de {marking} sans convention\u00a0: "
                "donnez sa référence avec --convention."
            ).format(marking=held.marking)
        )
    if grant.not_after and grant.not_after <= grant.not_before:
        raise BeffroiError(
            _("Ce droit finirait avant de commencer\u00a0: vérifiez les deux heures.")
        )
