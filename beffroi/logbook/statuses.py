"""Where dossiers and follow-ups stand."""

from enum import StrEnum

from beffroi.text import N_


class DossierStatus(StrEnum):
    """Where a dossier stands."""

    OPEN = "open"
    MONITORED = "monitored"
    CLOSED = "closed"


DOSSIER_STATUS_WORDS: dict[DossierStatus, str] = {
    DossierStatus.OPEN: N_("Ouvert"),
    DossierStatus.MONITORED: N_("Suivi"),
    DossierStatus.CLOSED: N_("Clos"),
}


class FollowUpStatus(StrEnum):
    """How far a follow-up is; the most pressing first."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    DROPPED = "dropped"


FOLLOWUP_WORDS: dict[FollowUpStatus, str] = {
    FollowUpStatus.OPEN: N_("Ouverte"),
    FollowUpStatus.ACKNOWLEDGED: N_("Prise en compte"),
    FollowUpStatus.DONE: N_("Close"),
    FollowUpStatus.DROPPED: N_("Sans suite"),
}
