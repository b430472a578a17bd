"""The places one jumps to most: metropolitan France, Île-de-France, and overseas."""

from dataclasses import dataclass

from beffroi.text import N_
from desktop.kit.shared import Box


@dataclass(frozen=True, slots=True)
class Quick:
    """A view one click away; `box` has west beyond east over the antimeridian."""

    id: str
    title: str
    box: Box


QUICK = (
    Quick("metropole", N_("Métropole"), (-5.2, 41.3, 9.7, 51.2)),
    Quick("idf", N_("Île-de-France"), (1.4, 48.1, 3.6, 49.25)),
    Quick("antilles", N_("Antilles"), (-63.3, 14.2, -60.6, 18.3)),
    Quick("guyane", N_("Guyane"), (-54.7, 2.0, -51.5, 5.9)),
    Quick("reunion", N_("Réunion-Mayotte"), (44.7, -21.6, 56.1, -12.4)),
    Quick("polynesie", N_("Polynésie"), (-154.8, -28.0, -134.3, -7.7)),
    Quick("caledonie", N_("Nouvelle-Calédonie"), (163.3, -22.9, 168.4, -19.3)),
    Quick("pacifique", N_("Pacifique"), (158.0, -29.0, -134.0, -6.0)),
)
HOME = QUICK[0]
