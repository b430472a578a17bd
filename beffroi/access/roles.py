"""The roles that people hold (domain dossier, 6.4): what each may do, how far, with which others not.

A word is `action:object`, or `action:object:own` for what one made oneself.
"""

from dataclasses import dataclass

from beffroi.errors import BeffroiError
from beffroi.text import N_, _

_READ = ("read:entry", "read:dossier", "read:board", "read:sitrep", "read:layer")
_OWN_WRITING = (
    "create:entry",
    "correct:entry:own",
    "void:entry:own",
    "link:entry:own",
    "edit:followup",
    "create:figure",
    "create:attachment",
    "edit:layer:own",
    "export:entry",
)
_LOGGING = (
    "create:entry",
    "behalf:entry",
    "correct:entry",
    "void:entry",
    "link:entry",
    "create:dossier",
    "edit:dossier",
    "create:followup",
    "edit:followup",
    "create:figure",
    "create:attachment",
    "edit:layer:own",
    "edit:track",
    "export:entry",
)
_DRAWING = ("edit:layer", "edit:source", "edit:track")
"""Calques and what is drawn on them, the sources that feed them, what moves across the map."""
_ASSESSING = ("qualify:entry", "arbitrate:figure")
_LEADING = ("validate:flash", "assign:followup", "lower:marking")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role: its code, its French name, its words.

    `every_org` sees what each organisation keeps to itself; `marking` is the highest that may be
    granted without a convention; `everywhere` may be granted for all workspaces at once.
    """

    code: str
    title: str
    words: frozenset[str]
    every_org: bool = True
    marking: str = "DR_SF"
    everywhere: bool = False

    @property
    def content(self) -> bool:
        """Whether this role reads entries."""
        return "read:entry" in self.words

    @property
    def writes(self) -> bool:
        """Whether this role writes into the main courante."""
        return "create:entry" in self.words

    @property
    def exports(self) -> bool:
        """Whether this role may carry content out."""
        return "export:entry" in self.words


def _role(code: str, title: str, *words: str, **more: bool | str) -> Role:
    return Role(code=code, title=title, words=frozenset(words), **more)  # type: ignore[arg-type]


_ALL = (
    _role("authority", N_("Lecteur autorité"), *_READ, "export:entry", everywhere=True),
    _role("liaison", N_("Contributeur, officier de liaison"), *_READ, *_OWN_WRITING, every_org=False),
    _role("writer", N_("Rédacteur main courante"), *_READ, *_LOGGING),
    _role("qualifier", N_("Qualificateur, situation"), *_READ, *_LOGGING, *_ASSESSING),
    _role("cartographer", N_("Cartographe"), *_READ, *_OWN_WRITING, "place:entry", *_DRAWING),
    _role("sitrep_writer", N_("Rédacteur de points de situation"), *_READ, *_OWN_WRITING,
          "arbitrate:figure", "edit:sitrep"),
    _role("room_chief", N_("Chef de salle"), *_READ, *_LOGGING, *_ASSESSING, *_LEADING,
          *_DRAWING, "edit:sitrep"),
    _role("staff_chief", N_("Chef d’état-major, directeur des opérations"), *_READ, *_LOGGING,
          *_ASSESSING, *_LEADING, *_DRAWING, "edit:sitrep", "validate:sitrep", "change:level"),
    _role("planner", N_("Planificateur RH"), "read:shift", "edit:shift"),
    _role("media_watch", N_("Veille réseaux sociaux"), *_READ, *_OWN_WRITING, "read:raw", "edit:raw",
          "edit:source:own"),
    _role("dpo", N_("Délégué à la protection des données"), "read:entry", "read:dossier", "purge:raw",
          "unmask:pseudonym", "read:register", everywhere=True),
    _role("security", N_("RSSI"), "read:entry", "read:dossier", "read:board", "read:audit",
          "verify:audit", "export:audit", "read:session", "revoke:session", "read:device",
          "revoke:device", "lock:account", "edit:officer", "read:quarantine", everywhere=True),
    _role("functional_admin", N_("Administrateur fonctionnel"), "edit:account", "edit:grant",
          "edit:workspace", "edit:post", "lock:account", "read:session", "revoke:session",
          "read:device", "read:quarantine", everywhere=True),
    _role("technical_admin", N_("Administrateur technique"), "edit:device", "read:device",
          "revoke:device", "read:session", "revoke:session", "make:backup", "rotate:key",
          "migrate:store", "read:health", "read:quarantine", "salvage:cache", everywhere=True),
    _role("exercise_lead", N_("Animateur d’exercice"), *_READ, *_LOGGING, *_ASSESSING,
          "edit:exercise"),
    _role("partner", N_("Invité partenaire"), "read:entry", "read:dossier", "read:sitrep",
          "read:layer", every_org=False, marking="NP"),
)  # fmt: skip
ROLES: dict[str, Role] = {role.code: role for role in _ALL}
LEGACY = {"contributor": "qualifier", "reader": "authority", "supervisor": "room_chief"}
"""What the accounts of a profile without hub are called, and the role that this amounts to."""
OFFICER = "security"
"""Who watches: the RSSI."""
ADMINS = frozenset({"functional_admin", "technical_admin"})
FORBIDDEN_PAIRS = (
    *((frozenset({"security", admin})) for admin in sorted(ADMINS)),
    frozenset({"dpo", "media_watch"}),
)
"""Roles that one account never holds together."""
HOUSE = ADMINS | {OFFICER}
"""Who keeps the house writes nothing into the main courante: there is no single super-user."""


def role(code: str) -> Role:
    """The role of that code.

    Raises:
        BeffroiError: there is none.
    """
    found = ROLES.get(LEGACY.get(code, code))
    if found is None:
        raise BeffroiError(
            _("Le rôle «\u202f{code}\u202f» n’existe pas\u00a0: choisissez parmi {codes}.").format(
                code=code[:40], codes=", ".join(ROLES)
            )
        )
    return found


def check_together(codes: set[str]) -> None:
    """Let one account hold all these roles.

    Raises:
        BeffroiError: two of them exclude each other.
    """
    writers = sorted(code for code in codes if ROLES[code].writes)
    keepers = sorted(codes & HOUSE)
    pairs = [sorted(pair) for pair in FORBIDDEN_PAIRS if pair <= codes]
    if writers and keepers:
        pairs.append([keepers[0], writers[0]])
    if pairs:
        one, other = (ROLES[code].title for code in pairs[0])
        raise BeffroiError(
            _(
                "«\u202f{one}\u202f» et «\u202f{other}\u202f» ne se cumulent pas\u00a0: "
                "donnez l’un des deux à un autre compte."
            ).format(one=_(one), other=_(other))
        )
