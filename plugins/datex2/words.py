"""Words of DATEX II in French, and how grave its severities are."""

from beffroi.plugin import tree
from beffroi.plugin.severity import GRAVE, MAJOR, MINOR, NOTHING, SIGNIFICANT
from beffroi.plugin.words import N_, _

SEVERITIES = {
    "highest": MAJOR, "high": GRAVE, "medium": SIGNIFICANT, "low": MINOR, "lowest": MINOR,
    "none": NOTHING,
}  # fmt: skip
KINDS = {
    "Accident": N_("accident"),
    "AbnormalTraffic": N_("trafic anormal"),
    "AnimalPresenceObstruction": N_("animaux sur la chaussée"),
    "AuthorityOperation": N_("opération des autorités"),
    "CarParks": N_("parkings"),
    "Conditions": N_("conditions"),
    "ConstructionWorks": N_("chantier"),
    "DisturbanceActivity": N_("trouble ou manifestation"),
    "EnvironmentalObstruction": N_("obstacle naturel"),
    "EquipmentOrSystemFault": N_("panne d’équipement"),
    "GeneralInstructionOrMessageToRoadUsers": N_("consigne aux usagers"),
    "GeneralNetworkManagement": N_("gestion du réseau"),
    "GeneralObstruction": N_("obstacle"),
    "InfrastructureDamageObstruction": N_("infrastructure endommagée"),
    "MaintenanceWorks": N_("travaux"),
    "NonWeatherRelatedRoadConditions": N_("état de la chaussée"),
    "OperatorAction": N_("action de l’exploitant"),
    "PoorEnvironmentConditions": N_("mauvaises conditions"),
    "PublicEvent": N_("événement public"),
    "ReroutingManagement": N_("déviation"),
    "RoadConditions": N_("état de la chaussée"),
    "RoadOperatorServiceDisruption": N_("service de l’exploitant perturbé"),
    "RoadOrCarriagewayOrLaneManagement": N_("restriction de circulation"),
    "RoadsideAssistance": N_("assistance"),
    "RoadsideServiceDisruption": N_("service perturbé"),
    "SignSetting": N_("message affiché"),
    "SpeedManagement": N_("vitesse régulée"),
    "TransitInformation": N_("information de transport"),
    "VehicleObstruction": N_("véhicule arrêté"),
    "WeatherRelatedRoadConditions": N_("chaussée glissante ou inondée"),
    "WinterDrivingManagement": N_("viabilité hivernale"),
}
PRECISE = {
    "roadClosed": N_("route fermée"),
    "laneClosures": N_("voies fermées"),
    "carriagewayClosures": N_("chaussée fermée"),
    "singleAlternateLineTraffic": N_("circulation alternée"),
    "contraflow": N_("circulation à contresens"),
    "narrowLanes": N_("voies rétrécies"),
    "congested": N_("bouchon"),
    "stationaryTraffic": N_("trafic arrêté"),
    "queuingTraffic": N_("file d’attente"),
    "slowTraffic": N_("trafic ralenti"),
    "heavyTraffic": N_("trafic dense"),
    "vehicleOnWrongCarriageway": N_("véhicule à contresens"),
    "brokenDownVehicle": N_("véhicule en panne"),
    "vehicleFire": N_("véhicule en feu"),
    "accidentInvolvingHeavyLorries": N_("accident de poids lourds"),
    "multivehicleAccident": N_("carambolage"),
    "roadworks": N_("travaux"),
    "resurfacingWork": N_("réfection de la chaussée"),
    "flooding": N_("inondation"),
    "rockfalls": N_("chute de pierres"),
    "fallenTrees": N_("arbres tombés"),
    "demonstration": N_("manifestation"),
    "noEntry": N_("accès interdit"),
}


def kind(record_type: str, precise: str) -> str:
    """The most precise word for a record: « circulation alternée », else « accident », else its type."""
    if precise in PRECISE:
        return _(PRECISE[precise])
    return _(KINDS[record_type]) if record_type in KINDS else record_type or precise


def spoken(comments: object) -> str:
    """Multilingual words (`values`/`value`): the French lines, else those of the first language."""
    lines = [v for c in tree.every(comments) for v in tree.every(c, "values", "value")]
    if not lines:
        return tree.text(comments)
    by_language: dict[str, list[str]] = {}
    for line in lines:
        language = tree.text(line, "@lang") or tree.text(line, "lang")
        if words := tree.text(line):
            by_language.setdefault(language.lower()[:2], []).append(words)
    chosen = by_language.get("fr") or next(iter(by_language.values()), [])
    return "\n".join(dict.fromkeys(chosen))
