"""What a line of the main courante is: its words, its times, its place, its grading.

Field names and values follow the field's vocabulary (Admiralty grading: NATO AJP-2.1 A–F × 1–6);
`docs/glossary.md` pairs them with the French of the screens.
"""

from enum import StrEnum
from typing import Any

import msgspec

from beffroi.attachments.ref import AttachmentRef as AttachmentRef
from beffroi.text import N_


class Nature(StrEnum):
    """What kind of statement an entry makes: a fact, a request, a decision..."""

    INFO = "info"
    INTEL = "intel"
    REQUEST = "request"
    DECISION = "decision"
    MEASURE = "measure"
    REPORT = "report"
    HANDOVER = "handover"
    COMMS = "comms"
    ADMIN = "admin"


class Channel(StrEnum):
    """By what means the information came."""

    PHONE = "phone"
    RADIO = "radio"
    MAIL = "mail"
    SYNERGI = "synergi"
    MEETING = "meeting"
    SOCIAL = "social"
    PRESS = "press"
    SENSOR = "sensor"
    VISUAL = "visual"
    FORM = "form"
    FEDERATION = "federation"
    OTHER = "other"


class TimePrecision(StrEnum):
    """How well the event time is known."""

    EXACT = "exact"
    APPROX = "approx"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class GeoPrecision(StrEnum):
    """How well the place is known."""

    POINT = "point"
    ADDRESS = "address"
    STREET = "street"
    COMMUNE = "commune"
    ZONE = "zone"
    DEPARTMENT = "department"
    UNKNOWN = "unknown"


class Marking(StrEnum):
    """Protection marking, lowest first."""

    NP = "NP"
    DR = "DR"
    DR_SF = "DR_SF"


class Qualification(StrEnum):
    """How far the information has been assessed."""

    RAW = "raw"
    TO_QUALIFY = "to_qualify"
    QUALIFIED = "qualified"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    DUPLICATE = "duplicate"


class Lifecycle(StrEnum):
    """Whether the entry stands, was corrected since, or was voided."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    VOID = "void"


class LinkKind(StrEnum):
    """How one entry bears on another; read as `source KIND target`."""

    FOLLOWS = "follows"
    CONFIRMS = "confirms"
    CONTRADICTS = "contradicts"
    DUPLICATES = "duplicates"
    CAUSES = "causes"
    PART_OF = "part_of"


class Impact(StrEnum):
    """The six axes on which an event may weigh, each 0–4."""

    HUMAN = "human"
    PUBLIC_ORDER = "public_order"
    OPERATIONAL = "operational"
    EVENT = "event"
    REPUTATION = "reputation"
    ENVIRONMENT = "environment"


NATURE_WORDS: dict[Nature, str] = {
    Nature.INFO: N_("Information"),
    Nature.INTEL: N_("Renseignement recoupé"),
    Nature.REQUEST: N_("Demande"),
    Nature.DECISION: N_("Décision"),
    Nature.MEASURE: N_("Mesure, action"),
    Nature.REPORT: N_("Compte rendu"),
    Nature.HANDOVER: N_("Relève"),
    Nature.COMMS: N_("Communication"),
    Nature.ADMIN: N_("Vie du centre"),
}
CHANNEL_WORDS: dict[Channel, str] = {
    Channel.PHONE: N_("Téléphone"),
    Channel.RADIO: N_("Radio"),
    Channel.MAIL: N_("Courriel"),
    Channel.SYNERGI: N_("SYNERGI"),
    Channel.MEETING: N_("Réunion"),
    Channel.SOCIAL: N_("Réseaux sociaux"),
    Channel.PRESS: N_("Presse"),
    Channel.SENSOR: N_("Capteur"),
    Channel.VISUAL: N_("Visuel"),
    Channel.FORM: N_("Formulaire"),
    Channel.FEDERATION: N_("Autre centre"),
    Channel.OTHER: N_("Autre"),
}
GRAVITY_WORDS: tuple[str, ...] = (
    N_("RAS"),
    N_("Mineur"),
    N_("Significatif"),
    N_("Grave"),
    N_("Majeur"),
)
SOURCE_WORDS: dict[str, str] = {
    "A": N_("totalement fiable"),
    "B": N_("habituellement fiable"),
    "C": N_("assez fiable"),
    "D": N_("rarement fiable"),
    "E": N_("non fiable"),
    "F": N_("fiabilité non estimable"),
}
CREDIBILITY_WORDS: dict[int, str] = {
    1: N_("corroborée par d’autres sources"),
    2: N_("probablement vraie"),
    3: N_("peut-être vraie"),
    4: N_("douteuse"),
    5: N_("improbable"),
    6: N_("véracité non estimable"),
}
MARKING_WORDS: dict[Marking, str] = {
    Marking.NP: N_("Non protégé"),
    Marking.DR: N_("Diffusion Restreinte"),
    Marking.DR_SF: N_("Diffusion Restreinte – Spécial France"),
}
QUALIFICATION_WORDS: dict[Qualification, str] = {
    Qualification.RAW: N_("Brute"),
    Qualification.TO_QUALIFY: N_("À qualifier"),
    Qualification.QUALIFIED: N_("Qualifiée"),
    Qualification.CONFIRMED: N_("Confirmée"),
    Qualification.REFUTED: N_("Infirmée"),
    Qualification.DUPLICATE: N_("Doublon"),
}
LINK_WORDS: dict[LinkKind, str] = {
    LinkKind.FOLLOWS: N_("Suite de"),
    LinkKind.CONFIRMS: N_("Confirme"),
    LinkKind.CONTRADICTS: N_("Contredit"),
    LinkKind.DUPLICATES: N_("Doublon de"),
    LinkKind.CAUSES: N_("Cause de"),
    LinkKind.PART_OF: N_("Fait partie de"),
}
IMPACT_WORDS: dict[Impact, str] = {
    Impact.HUMAN: N_("Humain"),
    Impact.PUBLIC_ORDER: N_("Ordre public"),
    Impact.OPERATIONAL: N_("Opérationnel"),
    Impact.EVENT: N_("Déroulement de l’événement"),
    Impact.REPUTATION: N_("Réputation"),
    Impact.ENVIRONMENT: N_("Environnement"),
}
LIFECYCLE_WORDS: dict[Lifecycle, str] = {
    Lifecycle.PUBLISHED: N_("Publiée"),
    Lifecycle.CORRECTED: N_("Corrigée"),
    Lifecycle.VOID: N_("Annulée"),
}
TIME_PRECISION_WORDS: dict[TimePrecision, str] = {
    TimePrecision.EXACT: N_("exacte"),
    TimePrecision.APPROX: N_("approximative"),
    TimePrecision.INTERVAL: N_("intervalle"),
    TimePrecision.UNKNOWN: N_("inconnue"),
}
GEO_PRECISION_WORDS: dict[GeoPrecision, str] = {
    GeoPrecision.POINT: N_("point"),
    GeoPrecision.ADDRESS: N_("adresse"),
    GeoPrecision.STREET: N_("rue"),
    GeoPrecision.COMMUNE: N_("commune"),
    GeoPrecision.ZONE: N_("zone"),
    GeoPrecision.DEPARTMENT: N_("département"),
    GeoPrecision.UNKNOWN: N_("inconnue"),
}


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Everything a person says in an entry.

    Times are UTC milliseconds; `lon`/`lat` are WGS 84 degrees; `gravity` and impacts are 0–4;
    `source_grade` is A–F and `credibility` 1–6; `tags` are taxonomy codes such as `TRA.FER`.
    `caveats` limit who may see it beyond the marking: codes such as `MEDICAL`, or `ORG:SNCF`.
    """

    text: str
    nature: Nature = Nature.INFO
    event_time: int | None = None
    event_end: int | None = None
    time_precision: TimePrecision = TimePrecision.EXACT
    received_time: int | None = None
    origin: str = ""
    organisation: str = ""
    channel: Channel = Channel.OTHER
    on_behalf_of: str = ""
    tags: tuple[str, ...] = ()
    gravity: int = 0
    source_grade: str = "F"
    credibility: int = 6
    corroborated_by: str = ""
    impacts: dict[Impact, int] = {}
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    geo_precision: GeoPrecision = GeoPrecision.UNKNOWN
    commune: str = ""
    for_action: tuple[str, ...] = ()
    for_info: tuple[str, ...] = ()
    key_event: bool = False
    marking: Marking = Marking.DR
    caveats: tuple[str, ...] = ()
    attachments: tuple[AttachmentRef, ...] = ()
    parent: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An entry as it stands now.

    `rid` orders entries by the moment they were made on this node; `uid` is the same everywhere;
    `number` never changes once definitive and has no gaps within its journal; `version` grows with
    corrections.  `arrived` is when the hub had it (UTC ms), 0 before and without a hub.
    """

    rid: int
    uid: str
    journal: str
    number: int
    label: str
    version: int
    entered_time: int
    qualified_time: int | None
    author: str
    post: str
    station: str
    lifecycle: Lifecycle
    qualification: Qualification
    content: Content
    followup: str = ""
    children: int = 0
    links: int = 0
    dossiers: tuple[str, ...] = ()
    arrived: int = 0

    @property
    def event_time(self) -> int:
        """When it happened, or failing that when it was received or entered."""
        c = self.content
        if c.event_time is not None:
            return c.event_time
        return self.entered_time if c.received_time is None else c.received_time


def is_late(entered_time: int, content: Content, limit_ms: int = 15 * 60_000) -> bool:
    """Whether the entry was written down more than a quarter of an hour after the fact."""
    said = content.received_time or content.event_end or content.event_time
    return said is not None and entered_time - said > limit_ms


JSON = dict[str, Any]
