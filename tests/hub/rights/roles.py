"""What the domain dossier (6.4) gives to each role, written down a second time, by hand."""

from dataclasses import dataclass

from tests.hub.real import WS

OTHER, EXERCISE = "autre", "exercice"
WORKSPACES = {WS: "real", OTHER: "real", EXERCISE: "exercise"}
"""The workspaces of the house, and their modes."""
OURS = "SDIS"
"""The organisation of all who are tried."""
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "np": ("NP", ()),
    "dr": ("DR", ()),
    "sf": ("DR_SF", ()),
    "medical": ("DR_SF", ("MEDICAL",)),
    "enquete": ("DR", ("ENQUETE",)),
    "both": ("DR_SF", ("ENQUETE", "MEDICAL")),
    "ours": ("DR", (f"ORG:{OURS}",)),
    "theirs": ("DR", ("ORG:SNCF",)),
}
"""Where something of each kind lies, in every workspace: marking and caveats."""
SHAPES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "np": (WS, "NP", ()),
    "dr": (WS, "DR", ()),
    "sf": (WS, "DR_SF", ()),
    "med": (WS, "DR_SF", ("MEDICAL",)),
    "ailleurs": (OTHER, "DR_SF", ("ENQUETE", "MEDICAL")),
    "exercice": (EXERCISE, "DR_SF", ()),
    "partout": ("*", "DR_SF", ()),
}
"""How far a role is granted: workspace, highest marking, caveats."""

ALL_ROLES = (
    "authority", "liaison", "writer", "qualifier", "cartographer", "sitrep_writer", "room_chief",
    "staff_chief", "planner", "media_watch", "dpo", "security", "functional_admin",
    "technical_admin", "exercise_lead", "partner",
)  # fmt: skip
BLIND = {"planner", "functional_admin", "technical_admin"}
"""They read nothing of what was written."""
OWN_ORGANISATION = {"liaison", "partner"}
"""What an organisation keeps to itself exists for them only when it is theirs."""
EVERYWHERE = {"authority", "dpo", "security", "functional_admin", "technical_admin"}
"""Who may be given all workspaces at once."""
OWN_WRITERS = {"liaison", "cartographer", "sitrep_writer", "media_watch"}
LOGGERS = {"writer", "qualifier", "room_chief", "staff_chief", "exercise_lead"}
WRITERS = OWN_WRITERS | LOGGERS
ASSESSORS = {"qualifier", "room_chief", "staff_chief", "exercise_lead"}
LEADERS = {"room_chief", "staff_chief"}
SEES_QUARANTINE = {"security", "functional_admin", "technical_admin"}
SEES_SESSIONS = ENDS_SESSIONS = {"security", "functional_admin", "technical_admin"}
AUDITORS = {"security"}
PAGE = {"technical_admin"}

DRAWERS = {"cartographer", "room_chief", "staff_chief"}
TRACKERS = LOGGERS | {"cartographer"}
SOURCERS = DRAWERS | {"media_watch"}

_OWN = {"entry.correct", "entry.void", "link.add", "link.remove"}
_LOGGING = {"dossier.open", "dossier.edit", "followup.open"}
_ANY = {"entry.publish", "followup.update", "figure.record"}


def may_push(role: str, kind: str, *, own: bool) -> bool:
    """Whether `role` may do that to a thing that it sees, perhaps only to its own."""
    if kind in _ANY:
        return role in WRITERS
    if kind in _OWN:
        return role in LOGGERS or (own and role in OWN_WRITERS)
    if kind in _LOGGING:
        return role in LOGGERS
    if kind == "entry.qualify":
        return role in ASSESSORS
    match kind.partition(".")[0]:
        case "layer" | "shape" | "zone":
            return role in DRAWERS or (own and role in WRITERS)
        case "track" | "stage":
            return role in TRACKERS
        case "source":
            return role in DRAWERS or (own and role in SOURCERS)
    assert kind == "figure.arbitrate"
    return role in ASSESSORS | {"sitrep_writer"}


@dataclass(frozen=True)
class Held:
    """A role granted in a shape, to one account of its own."""

    role: str
    shape: str

    @property
    def account(self) -> str:
        return f"{self.role}-{self.shape}"

    @property
    def marking(self) -> str:
        return SHAPES[self.shape][1]

    @property
    def workspaces(self) -> set[str]:
        """Those that exist for them."""
        where = SHAPES[self.shape][0]
        return set(WORKSPACES) if where == "*" else {where}

    @property
    def reads(self) -> set[str]:
        """The workspaces of which they read something."""
        return set() if self.role in BLIND else self.workspaces

    def sees(self, workspace: str, place: str) -> bool:
        """Whether what lies there exists for them."""
        marking, caveats = PLACES[place]
        order = ["NP", "DR", "DR_SF"]
        if workspace not in self.reads or order.index(marking) > order.index(self.marking):
            return False
        return all(self._holds(caveat) for caveat in caveats)

    def _holds(self, caveat: str) -> bool:
        if caveat.startswith("ORG:"):
            return self.role not in OWN_ORGANISATION or caveat == f"ORG:{OURS}"
        return caveat in SHAPES[self.shape][2]

    def seen(self, workspace: str) -> set[str]:
        """The places that exist for them there."""
        return {place for place in PLACES if self.sees(workspace, place)}


EVERYONE = tuple(
    Held(role, shape)
    for shape in SHAPES
    for role in ALL_ROLES
    if shape != "partout" or role in EVERYWHERE
)
"""Every role in every shape that may be granted."""


def bucket(workspace: str, place: str) -> str:
    """The name of the bucket of a place."""
    marking, caveats = PLACES[place]
    tail = f"/{'+'.join(caveats)}" if caveats else ""
    return f"{workspace}/{marking}{tail}"
