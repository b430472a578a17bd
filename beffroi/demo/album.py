"""Gives some entries an attachment: a view, a sketch, a curve, a bulletin, a link."""

from dataclasses import replace
from random import Random

import msgspec

from beffroi.demo.days import local
from beffroi.demo.pictures import PHOTOS, Kind, Picture
from beffroi.demo.steps import Line
from beffroi.logbook.entry import AttachmentRef

_SHARE = 0.012
_KINDS: tuple[tuple[str, Kind, str], ...] = (
    ("SDC.INCENDIE", "smoke", "feu"),
    ("MET.FEUX", "smoke", "panache"),
    ("SEC.VIOLENCES", "smoke", "degradations"),
    ("TRA.FERRE", "rails", "voies"),
    ("MET.ORAGES", "flood", "voirie"),
    ("MET.PLUIE", "flood", "parvis"),
    ("MET.CRUE", "flood", "berges"),
    ("SEC.MANIFESTATION", "crowd", "cortege"),
    ("SEC.TROUBLE", "crowd", "rassemblement"),
    ("ACC.SPECTATEURS", "crowd", "affluence"),
    ("TRA.PIETONS", "crowd", "flux"),
    ("ORG.COMPETITION", "plan", "dispositif"),
    ("SEC.COLIS", "plan", "perimetre"),
    ("SEC.INTRUSION", "plan", "barrierage"),
    ("RES.ELECTRICITE", "curve", "consommation"),
    ("TRA.ROUTIER", "curve", "trafic"),
    ("MED.COUVERTURE", "curve", "volume"),
    ("GOU.REUNION", "bulletin", "compte-rendu"),
    ("MED.EDL", "bulletin", "elements-de-langage"),
)
_LINKS = {
    "TRA": ("Info trafic", "https://www.iledefrance-mobilites.fr/"),
    "MET": ("Vigilance", "https://vigilance.meteofrance.fr/"),
    "MED": ("Espace presse", "https://www.interieur.gouv.fr/"),
}
_SUFFIX = {"plan": "png", "curve": "png", "bulletin": "pdf", "note": "txt"}


def illustrated(line: Line, rng: Random) -> Line:
    """`line`, at times with an attachment that suits it."""
    chance, tags = rng.random(), line.content.tags
    if not tags or chance > 2 * _SHARE:
        return line
    if chance > _SHARE:
        link = _LINKS.get(tags[0].split(".")[0])
        if link is None:
            return line
        refs = (AttachmentRef(name=link[0], url=link[1]),)
        return replace(line, content=msgspec.structs.replace(line.content, attachments=refs))
    for tag, kind, word in _KINDS:
        if tag in tags:
            return replace(line, pictures=(_picture(line, kind, word, rng),))
    return line


def _picture(line: Line, kind: Kind, word: str, rng: Random) -> Picture:
    title = line.content.place or line.post
    suffix = "jpg" if kind in PHOTOS else _SUFFIX[kind]
    return Picture(
        name=f"{word}-{local(line.at):%Y%m%d-%H%M}.{suffix}",
        kind=kind,
        title=f"{title} – {word}",
        at=line.content.event_time or line.at,
        seed=rng.getrandbits(30),
        lon=line.content.lon,
        lat=line.content.lat,
    )
