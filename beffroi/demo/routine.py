"""The fixed hours of the centre: handovers, situation reports, meetings, levels of activation."""

from collections.abc import Iterator
from datetime import date
from random import Random

from beffroi.demo.days import MINUTE, OPENING_DAY, at, local
from beffroi.demo.phrases import french, say
from beffroi.demo.steps import Line, uid_at
from beffroi.logbook.entry import Channel, Content, Nature, Qualification

_SITREPS = ("07:00", "10:00", "13:00", "17:00", "20:00", "23:30")
_SITREP_OF_OPENING = 79
_FIXED = (
    ("06:40", "MC", Nature.HANDOVER, "GOU.RELEVE", "Relève de jour : consignes passées de 06h40 à 07h00, {18-26} postes sur {26-28} tenus. {Suites ouvertes reprises une à une|Trois points de vigilance transmis}. Pris connaissance."),
    ("18:40", "MC", Nature.HANDOVER, "GOU.RELEVE", "Relève de nuit : consignes passées de 18h40 à 19h00, {14-19} postes tenus. {Dispositif allégé à 01h00|Renfort Com/RS jusqu’à minuit}. Pris connaissance."),
    ("08:00", "Chef de salle", Nature.REPORT, "GOU.REUNION", "Point autorité de 08h00 : {situation présentée en dix minutes, pas de question|demande d’un complément sur les transports|attention portée à la chaleur et aux files d’attente}."),
    ("14:30", "Chef de salle", Nature.REPORT, "GOU.REUNION", "Visioconférence zones et préfectures : {7|12} zones connectées, {RAS majeur|deux demandes de renfort|point particulier sur les célébrations}. Relevé de décisions diffusé."),
    ("18:00", "Anticipation", Nature.REPORT, "GOU.REUNION", "Cellule anticipation : {sorties de sites simultanées à 23h00|orages possibles après 19h00|flux de départs de week-end}. {Mesures proposées au chef de salle|Pas de mesure nouvelle}."),
    ("06:15", "OL-Météo", Nature.INFO, "MET.ORAGES", "Bulletin de 06h00 : {ciel voilé, {24-33} °C|averses en matinée, {19-25} °C|temps sec et chaud, {29-35} °C} sur l’Île-de-France ; Marseille {26-34} °C, mistral {faible|modéré} ; Teahupo’o houle {8-20} dm."),
    ("16:10", "OL-Météo", Nature.INFO, "MET.ORAGES", "Actualisation de 16h00 : {risque orageux en baisse|vigilance jaune maintenue|rafales jusqu’à {50-85} km/h en soirée}. Prochain bulletin demain 06h00."),
    ("07:30", "Com/RS", Nature.REPORT, "MED.COUVERTURE", "Revue de presse du matin diffusée ({24-58} articles) : {transports|cérémonie|sécurité des sites|premiers résultats} en tête. Tonalité {neutre|plutôt positive}."),
)  # fmt: skip
_LEVELS = {
    date(2024, 7, 20): ("09:00", "Passage en activation niveau 1 (restreinte) pour la dernière semaine de préparation. Autorité : directeur de cabinet. Postes armés : 18."),
    date(2024, 7, 24): ("06:00", "Passage en activation niveau 2 (élargie) : premiers matchs de football et de rugby. Autorité : ministre. Toutes liaisons armées de 06h00 à 01h00, H24 pour MC, police et gendarmerie."),
    date(2024, 7, 26): ("05:00", "Maintien de l’activation niveau 2 ; armement complet de toutes les cellules de 05h00 à 05h00 le 27 pour la cérémonie d’ouverture."),
    date(2024, 7, 28): ("20:15", "Maintien de l’activation niveau 2 jusqu’à nouvel ordre ; allégement de la cellule cérémonie."),
}  # fmt: skip


def routine(day: date, rng: Random) -> Iterator[Line]:
    """What the centre itself writes down that day."""
    for clock, post, nature, tag, model in _FIXED:
        moment = at(day, clock) + rng.randint(1, 9) * MINUTE
        text = say(model, rng, local(moment), None)
        yield _line(moment, post, nature, tag, text, rng)
    first = _SITREP_OF_OPENING + (day - OPENING_DAY).days * len(_SITREPS)
    for number, clock in enumerate(_SITREPS, first):
        moment = at(day, clock) + rng.randint(0, 7) * MINUTE
        text = french(f"PS n° {number} validé et diffusé aux autorités (arrêté 20 minutes avant).")
        yield _line(moment, "Rédacteur PS", Nature.COMMS, "GOU.REUNION", text, rng)
    if day in _LEVELS:
        clock, text = _LEVELS[day]
        yield _line(at(day, clock), "Chef de salle", Nature.DECISION, "GOU.ARMEMENT",
                    french(text), rng, key=True)  # fmt: skip


def _line(
    moment: int, post: str, nature: Nature, tag: str, text: str, rng: Random, *, key: bool = False
) -> Line:
    content = Content(
        text=text,
        nature=nature,
        event_time=moment,
        received_time=moment,
        channel=Channel.MEETING,
        tags=(tag,),
        source_grade="A",
        credibility=2,
        key_event=key,
    )
    return Line(
        at=moment, post=post, content=content, uid=uid_at(moment, rng),
        qualification=Qualification.QUALIFIED,
    )  # fmt: skip
