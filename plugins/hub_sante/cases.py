"""The messages of the hub, by the name of their body: what they tell of, and where it is written."""

from dataclasses import dataclass

from beffroi.plugin.words import N_

Path = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One kind of message: its name, what it lists (nothing: itself), its identity, moment, title."""

    name: str
    items: str = ""
    ids: tuple[str, ...] = ("caseId",)
    moments: tuple[Path, ...] = (("creation",),)
    titles: tuple[Path, ...] = ()
    proof: str = ""
    """A field without which a body of so common a name is not the hub's."""


_CASE_TITLES = (
    ("qualification", "whatsHappen", "label"),
    ("initialAlert", "qualification", "whatsHappen", "label"),
    ("initialAlert", "alertCode", "whatsHappen", "label"),
    ("regulation", "whatsHappen", "label"),
    ("caseId",),
)
_RESOURCE = (("name",), ("team", "name"), ("vehicleType",), ("resourceType",), ("resourceId",))
_STATE = (("state", "datetime"), ("datetime",), ("position", "datetime"))

CASES: dict[str, Case] = {
    "createCase": Case(N_("affaire"), titles=_CASE_TITLES),
    "createCaseHealth": Case(N_("dossier de régulation"), titles=_CASE_TITLES),
    "createCaseHealthUpdate": Case(N_("mise à jour de dossier"), titles=_CASE_TITLES),
    "geoPositionsUpdate": Case(
        N_("position"), "position", ("resourceId",), (("datetime",),), (("resourceId",),)
    ),
    "geoResourcesDetails": Case(N_("moyen"), "resource", ("resourceId",), (), _RESOURCE),
    "resourcesInfo": Case(N_("moyen engagé"), "resource", ("resourceId",), _STATE, _RESOURCE),
    "resourcesInfoCisu": Case(N_("moyen engagé"), "resource", ("resourceId",), _STATE, _RESOURCE),
    "resourcesEngagement": Case(
        N_("engagement de moyen"), "resource", ("resourceId",), _STATE, _RESOURCE
    ),
    "resourcesStatus": Case(
        N_("statut de moyen"), "", ("resourceId", "caseId"), _STATE, (("resourceId",),)
    ),
    "resourcesRequest": Case(
        N_("demande de moyens"), "", ("requestId", "caseId"), (("request", "datetime"),),
        (("request", "purpose"), ("request", "freetext")),
    ),
    "resourcesResponse": Case(
        N_("réponse à une demande de moyens"), "", ("requestId", "caseId"),
        (("response", "datetime"),), (("response", "answer"), ("response", "freetext")),
    ),
    "interventionReport": Case(N_("bilan"), "", ("reportId", "caseId"), titles=(("caseId",),)),
    "rpis": Case(
        N_("compte rendu de SMUR"), "", ("senderCaseId",),
        (("context", "decisionDate"), ("context", "creationDate")), _CASE_TITLES,
    ),
    "appointment": Case(
        N_("rendez-vous du SAS"), "", ("appointmentId",), (("start",), ("created",)),
        (("organization", "name"), ("method",)), proof="appointmentId",
    ),
    "documentLink": Case(
        N_("document"), "document", ("url",), (), (("documentType",),), proof="document"
    ),
    "reference": Case(
        N_("accusé de réception"), "", ("distributionID",), (), (("distributionID",),),
        proof="distributionID",
    ),
    "error": Case(
        N_("erreur du hub"), "", ("referencedDistributionID",), (),
        (("errorCode", "statusString"), ("errorCause",)), proof="errorCode",
    ),
    "technical": Case(N_("message technique"), "", ("requiredStringField",)),
    "technicalNoreq": Case(N_("message technique"), "", ("optionalStringField",)),
    "customContent": Case(N_("contenu libre"), "", (), ()),
}  # fmt: skip
EMSI = "emsi"
PRIORITIES = {"p0": 4, "p1": 3, "p2": 2, "p3": 1}
PERSONAL = frozenset(
    (
        "patient", "medicalNote", "caller", "callerName", "callTaker", "contact", "contacts",
        "medicalHistory", "treatment", "evaluation", "redactor", "regulator", "operator",
        "residentialAddress", "practitioner", "identity", "hypothesis", "medicalAnalysis",
        "mainDiagnosis", "associatedDiagnosis", "notes", "detailedName",
    )
)  # fmt: skip
"""Fields on persons and their health: a map of means and cases has no need of them (RGPD, art. 5)."""
