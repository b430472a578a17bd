"""How many records each sample should have, as its catalogue says, where it says a number of them."""

import re
from pathlib import Path

_HEADING = re.compile(r"### D_feeds/(\S+)")
_LINE = re.compile(r"- (\S+) : (.*)")
_COUNTS = tuple(
    re.compile(words)
    for words in (
        r"(\d+) entités GeoJSON", r"<alert> (\d+) × info", r"(\d+) items", r"(\d+) VEVENT",
        r"^(\d+) lignes JSON", r"^(\d+) lignes \(", r"(\d+) Placemark", r"(\d+) × situation",
        r"(\d+) × incident", r"(\d+) × trafficRegulationOrder", r"(\d+) × vmsUnit", r"(\d+) perturbations",
        r"(\d+) objets STIX", r"(\d+) enregistrements JSON", r"GTFS \d+ fichiers, (\d+) arrêts",
        r"(\d+) warnings", r"GTFS-RT (\d+) entités", r"(\d+) × FeatureType", r"(\d+) objets",
        r"(\d+) enreg\. dbf", r"(\d+) × (?:PtSituation|GeneralMessage|MonitoredStop|EstimatedVehicle)",
        r"<CV> (\d+) × DV",
    )
)  # fmt: skip
_GPX = re.compile(r"(\d+) wpt, (\d+) trk, (\d+) rte")
_LAYERS = re.compile(r"\w+=(\d+) \(")


def expected(catalogue: Path) -> dict[str, int]:
    """Counts by path inside `D_feeds`."""
    found: dict[str, int] = {}
    folder = ""
    for line in catalogue.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            heading = _HEADING.match(line)
            folder = heading[1] if heading else ""
        elif folder and (told := _LINE.match(line)) and (count := _count(told[2])) is not None:
            found[f"{folder}/{told[1]}"] = count
    return found


def _count(words: str) -> int | None:
    if things := _GPX.search(words):
        return sum(map(int, things.groups()))
    if layers := _LAYERS.findall(words):
        return sum(map(int, layers))
    return next((int(found[1]) for pattern in _COUNTS if (found := pattern.search(words))), None)
