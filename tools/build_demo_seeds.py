"""Turns open data into the compact seeds of the demo profile (`resources/demo/*.json.gz`).

Usage: build_demo_seeds.py DATA_FOLDER.  Licences and attributions: `resources/demo/README.md`.
The PRIM recording of 27 April - 6 May 2024 is moved by 84 days (twelve whole weeks, so that a
Saturday stays a Saturday) onto 20-29 July 2024, dates inside the texts included.
"""

import csv
import gzip
import html
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "resources" / "demo"
SHIFT = timedelta(days=84)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
BOILERPLATE = re.compile(
    r"[^./]*(?:fil Twitter|rubrique|page dédiée|RATP\.fr|ratp\.fr|appli\b|Plus d.informations)[^./]*[./]?(?:fr)?"
)
CONSULT = re.compile(r"Pour plus d[’']informations[^.]*consultez le\b")
HOSPITALS = {
    "c.h. de meaux": "centre hospitalier de Meaux",
    "ch general delafontaine": "hôpital Delafontaine",
    "ch sud francilien": "centre hospitalier Sud Francilien",
    "ch versailles andre mignot": "hôpital André-Mignot",
    "chi robert ballanger": "hôpital Robert-Ballanger",
    "chi de creteil": "CHI de Créteil",
    "chi poissy st-germain site de poissy": "CHI de Poissy",
    "cash de nanterre-hop max fourestier": "hôpital Max-Fourestier",
    "centre hospitalier rene dubos": "hôpital René-Dubos",
    "centre hospitalier victor dupouy": "hôpital Victor-Dupouy",
    "centre hospitalier de gonesse": "centre hospitalier de Gonesse",
    "centre hospitalier de marne la vallee": "hôpital de Marne-la-Vallée",
    "ctre hosp intercomm andre gregoire": "hôpital André-Grégoire",
    "ghi le raincy-montfermeil": "GHI du Raincy-Montfermeil",
    "ghhmac site henri mondor": "hôpital Henri-Mondor",
    "hop europeen georges pompidou hegp": "hôpital européen Georges-Pompidou",
    "hôpital ambroise pare (ap-hp)": "hôpital Ambroise-Paré",
    "hopital ambroise pare (ap-hp)": "hôpital Ambroise-Paré",
    "hopital antoine beclere (ap-hp)": "hôpital Antoine-Béclère",
    "hopital avicenne (ap-hp)": "hôpital Avicenne",
    "hopital beaujon (ap-hp)": "hôpital Beaujon",
    "hopital bicetre (ap-hp)": "hôpital Bicêtre",
    "hopital bichat": "hôpital Bichat",
    "hopital cochin": "hôpital Cochin",
    "hopital hotel-dieu (ap-hp)": "Hôtel-Dieu",
    "hopital lariboisere": "hôpital Lariboisière",
    "hopital louis mourier (ap-hp)": "hôpital Louis-Mourier",
    "hopital necker enfants malades (ap-hp)": "hôpital Necker",
    "hopital robert debre (ap-hp)": "hôpital Robert-Debré",
    "hopital saint-antoine (ap-hp)": "hôpital Saint-Antoine",
    "hopital saint-louis (ap-hp)": "hôpital Saint-Louis",
    "hopital tenon (ap-hp)": "hôpital Tenon",
    "hopital la pitie salpetriere": "hôpital de la Pitié-Salpêtrière",
}
SECTORS = {
    "LCO - GRX": "Concorde – Grand Palais",
    "Deblly": "passerelle Debilly",
    "CER1_JoursAvants": "cérémonie, jours précédents",
    "CEREMONIE D’OUVERTURE_a jour": "cérémonie d’ouverture",
    "CEREMONIE D'OUVERTURE_a jour": "cérémonie d’ouverture",
    "Perimetre_Jour_J": "cérémonie, jour J",
    "cyclisme_clm": "contre-la-montre cycliste",
    "cyclisme_clm_fam": "contre-la-montre, familiarisation",
    "triathlon_fam_Cyc-Nat": "triathlon, familiarisation",
    "National": "pont National",
    "Royal": "pont Royal",
    "Neuf": "Pont-Neuf",
    "Arts": "pont des Arts",
    "Change": "pont au Change",
    "Amont": "pont Amont",
}
Row = list[Any]


def main() -> None:
    """Write every seed."""
    data = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    seed_rows = _csv(data / "E_scenario" / "amorce_main_courante.csv", ",")
    _write("perturbations", list(_perturbations(seed_rows)))
    _write("games_day_perturbations", list(_games_day(data)))
    _write("perimeters", list(_perimeters(seed_rows)))
    _write("places", _places(data))


def _csv(path: Path, separator: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def _write(name: str, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (OUT / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(name, len(content), (OUT / f"{name}.json.gz").stat().st_size)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _perturbations(rows: list[dict[str, str]]) -> Iterator[Row]:
    """[ms, kind, title, text, place, lon, lat, reference]; kind is start or end."""
    references: dict[str, int] = {}
    for row in rows:
        day = row["horodatage"][:10]
        if row["categorie"] != "transport" or not "2024-04-27" <= day <= "2024-05-06":
            continue
        if "1er mai" in row["texte"] or "1er mai" in row["titre"]:
            continue
        end = row["gravite"] == "FIN"
        if end and row["ref"] not in references:
            continue
        reference = references.setdefault(row["ref"], len(references))
        title = row["titre"].removesuffix(" — fin de diffusion")
        yield [
            _ms(datetime.fromisoformat(row["horodatage"]) + SHIFT),
            "end" if end else row["gravite"].lower(),
            _moved(_typography(title)),
            "" if end else _moved(_tidy(row["texte"])),
            row["lieu"],
            *_position(row["lon"], row["lat"]),
            reference,
        ]


def _tidy(text: str) -> str:
    lines = (line.strip() for line in BOILERPLATE.sub(" ", text).split(" / "))
    kept = " ".join(dict.fromkeys(line for line in lines if line.strip(" ./")))
    return CONSULT.sub(" ", _typography(kept.replace("\u200b", "")))[:1200].strip()


def _typography(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("'", "’")).strip()
    return re.sub(r"\(\s+", "(", re.sub(r"\s+\)", ")", text))


def _moved(text: str) -> str:
    """The dates written in a text, twelve weeks later."""

    def slashed(match: re.Match[str]) -> str:
        return _later(int(match[1]), int(match[2])).strftime("%d/%m") + (match[3] or "")

    def worded(match: re.Match[str]) -> str:
        moved = _later(int(match[1].removesuffix("er")), MONTHS.index(match[2]) + 1)
        return f"{'1er' if moved.day == 1 else moved.day} {MONTHS[moved.month - 1]}"

    text = re.sub(r"\b([0-3]?\d)/([01]\d)(/(?:20)?24)?\b", slashed, text)
    return re.sub(rf"\b([0-3]?\d(?:er)?) ({'|'.join(MONTHS)})\b", worded, text)


def _later(day: int, month: int) -> date:
    try:
        return date(2024, month, day) + SHIFT
    except ValueError:
        return date(2024, 7, 31)


def _position(lon: str, lat: str) -> tuple[float | None, float | None]:
    return (round(float(lon), 5), round(float(lat), 5)) if lon and lat else (None, None)


def _games_day(data: Path) -> Iterator[Row]:
    """[ms of the beginning, title, text]: what PRIM said on 26 July 2024."""
    (path,) = (data / "E_scenario" / "prim_2024-07-26").glob("*.json")
    for item in json.loads(path.read_text("utf-8"))["disruptions"]:
        begin = item["applicationPeriods"][0]["begin"]
        text = html.unescape(re.sub(r"<[^>]+>", " / ", item["message"]))
        at = datetime.strptime(f"{begin}+0200", "%Y%m%dT%H%M%S%z")
        yield [_ms(at), _typography(item["title"]), _tidy(text)]


def _perimeters(rows: list[dict[str, str]]) -> Iterator[Row]:
    """[ms, colour, name, whether it is raised, lon, lat]."""
    for row in rows:
        if (
            row["categorie"] != "perimetre"
            or not "2024-07-20" <= row["horodatage"][:10] <= "2024-07-29"
        ):
            continue
        colour = row["titre"].split()[1]
        place = re.sub(r"^CIRCULATION-DISPOSITIF - (.*) - SP$", r"\1", row["lieu"])
        name = SECTORS.get(place) or _named(place)
        at = datetime.fromisoformat(row["horodatage"]).astimezone(UTC)
        raised = row["titre"].endswith("levée")
        yield [_ms(at), colour, name, raised,
               *_position(row["lon"], row["lat"])]  # fmt: skip


def _places(data: Path) -> dict[str, list[Row]]:
    """Real places by kind: [name, lon, lat, detail…]."""
    return {
        "sites": _sites(data),
        "metro": _metro(data),
        "stations": _stations(data),
        "hospitals": _hospitals(data),
        "communes": _communes(data),
        "prefectures": _prefectures(data),
    }


def _sites(data: Path) -> list[Row]:
    features = _features(data / "B_thematic" / "jop_sites" / "sites_competition.geojson")
    olympic = (f for f in features if f["properties"]["category_id"] == "venue-olympic")
    return sorted(
        [p["nom_site"], *f["geometry"]["coordinates"][:2], p["start_date"], p["end_date"],
         re.sub(r"\s*\([A-Z0-9]+\)", "", p["sports"])]
        for f in olympic
        for p in [f["properties"]]
    )  # fmt: skip


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return features


def _metro(data: Path) -> list[Row]:
    rows = _csv(data / "B_thematic" / "transports_idf" / "emplacement-des-gares-idf.csv", ";")
    found: dict[str, Row] = {}
    for row in rows:
        lat, lon = (round(float(v), 5) for v in row["geo_point_2d"].split(","))
        if row["mode"] in ("METRO", "RER", "TRAMWAY"):
            found.setdefault(row["nom_gares"], [row["nom_gares"], lon, lat, _line(row)])
    return [found[name] for name in sorted(found)]


def _line(row: dict[str, str]) -> str:
    word = {"METRO": "métro", "RER": "RER", "TRAMWAY": "tramway"}[row["mode"]]
    return f"{word} {row['indice_lig']}"


def _stations(data: Path) -> list[Row]:
    rows = _csv(data / "B_thematic" / "sncf" / "gares-de-voyageurs.csv", ";")
    kept = []
    for row in rows:
        if row["Segment(s) DRG"].startswith(("A", "B")) and "," in row["Position géographique"]:
            lat, lon = (round(float(v), 5) for v in row["Position géographique"].split(","))
            kept.append([row["Nom"], lon, lat])
    return sorted(kept)


def _hospitals(data: Path) -> list[Row]:
    path = data / "B_thematic" / "hopitaux_idf" / "les_etablissements_hospitaliers_franciliens.csv"
    kept: dict[str, Row] = {}
    for row in _csv(path, ";"):
        name = HOSPITALS.get(_typography(row["RAISON_SOCIALE"].lower()), "")
        if name and row["lat"]:
            kept[name] = [name, round(float(row["lng"]), 5), round(float(row["lat"]), 5)]
    return [kept[name] for name in sorted(kept)]


def _named(name: str) -> str:
    """A name given in capitals, as one writes it."""
    name = name.replace("_", " ")
    if not name.isupper():
        return _typography(name)
    words = _typography(name.title())
    words = re.sub(r"\b(De|Du|Des|La|Le|Les|Et|En|Sur)\b", lambda m: m[0].lower(), words)
    return words.replace("Defense", "Défense")


def _communes(data: Path) -> list[Row]:
    """Communes of more than 12,000 people (overseas: 3,000): name, lon, lat, département, INSEE."""
    kept = []
    for row in _csv(data / "A_gazetteer" / "communes_fr.csv", ","):
        people = int(row["population"] or 0)
        floor = 3_000 if row["dep"].startswith("9") and len(row["dep"]) == 3 else 12_000
        if row["lat"] and people >= floor and row["type"] == "commune-actuelle":
            kept.append([row["nom"], float(row["lon"]), float(row["lat"]), row["dep_nom"] or row["dep"],
                         row["code_insee"]])  # fmt: skip
    return sorted(kept)


def _prefectures(data: Path) -> list[Row]:
    (path,) = (data / "B_thematic" / "prefectures").glob("*.geojson")
    return sorted(
        [p["ville"], *f["geometry"]["coordinates"][:2], p["dep"], p["dep_nom"]]
        for f in _features(path)
        for p in [f["properties"]]
        if p["type"] == "prefecture"
    )


if __name__ == "__main__":
    main()
