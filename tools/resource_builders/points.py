"""Places of the State, health, risks and airports: one point each, with a line of detail."""

import re
from collections import Counter, defaultdict
from pathlib import Path

from resource_builders.admin import departements
from resource_builders.geo import Feature, point, read_features, read_table

_SMALL_CARE = ("C.M.P.", "C.A.T.T.P.", "Appartement", "Atelier", "Postcure", "Pouponnière")
_SMALL_WORDS = {"de", "du", "des", "la", "le", "les", "et", "en", "sur", "sous", "aux", "au", "à"}
_ACRONYMS = {
    "CH",
    "CHI",
    "CHU",
    "CHS",
    "GH",
    "GHI",
    "GHU",
    "HAD",
    "SSR",
    "USLD",
    "HP",
    "AP",
    "EPS",
    "CMP",
    "CATTP",
    "HJ",
    "HDJ",
}
_ACCENTS = {
    "Hopital": "Hôpital",
    "Hop": "Hôpital",
    "Hosp": "Hôpital",
    "Ctre": "Centre",
    "Ctr": "Centre",
    "Gpe": "Groupe",
    "Sejour": "Séjour",
    "Prive": "Privé",
    "Privee": "Privée",
    "Unite": "Unité",
    "Medicale": "Médicale",
    "Therapeutique": "Thérapeutique",
    "Chateau": "Château",
    "Vallee": "Vallée",
    "Rene": "René",
    "Pare": "Paré",
    "Jaures": "Jaurès",
    "Sevres": "Sèvres",
    "Etampes": "Étampes",
    "St": "Saint",
    "Ste": "Sainte",
    "Hopitaux": "Hôpitaux",
    "Medical": "Médical",
    "Medico": "Médico",
    "Chirurgical": "Chirurgical",
    "Readaptation": "Réadaptation",
    "Reeducation": "Rééducation",
    "Sante": "Santé",
    "Geriatrique": "Gériatrique",
    "Pitie": "Pitié",
    "Salpetriere": "Salpêtrière",
    "Bicetre": "Bicêtre",
    "Debre": "Debré",
    "Francois": "François",
    "Psychotherapie": "Psychothérapie",
    "Neurologique": "Neurologique",
    "Etablissement": "Établissement",
}
_STATUS = {
    "Operational": "en service",
    "Shutdown": "à l’arrêt définitif",
    "Under Construction": "en construction",
    "Planned": "en projet",
}


def hospitals(data: Path) -> list[Feature]:
    """Hospitals and clinics of Île-de-France; small day centres are left out."""
    path = data / "B_thematic/hopitaux_idf/les_etablissements_hospitaliers_franciliens.csv"
    found = []
    for row in read_table(path, ";"):
        category = row["CATEGORIE_DE_L_ETABLISSEMENT"]
        if not row["lat"] or any(word in category for word in _SMALL_CARE):
            continue
        town = re.sub(r"\s+CEDEX.*", "", row["CP_VILLE"])
        address = f"{row['ADRESSE_COMPLETE'].strip()}, {town}".strip(" ,")
        phone = f" · {row['NUM_TEL']}" if row["NUM_TEL"] else ""
        found.append(
            point(
                row["lng"],
                row["lat"],
                name=spelt(row["RAISON_SOCIALE"]),
                code=row["FINESS_ET"],
                type=category,
                detail=f"{category} · {spelt(address)}{phone}",
            )
        )
    return sorted(found, key=lambda f: str(f.properties["code"]))


def spelt(capitals: str) -> str:
    """A name in capitals written as people write it: « CH DE VERSAILLES » is « CH de Versailles »."""
    words = re.split(r"([^A-Za-zÀ-ÿ]+)", re.sub(r"\s+", " ", capitals).strip())
    return "".join(_word(word, first=number == 0) for number, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word in _ACRONYMS:
        return word
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if word in ("D", "L") and not first:
        return word.lower()
    titled = word.capitalize()
    return _ACCENTS.get(titled, titled)


def prefectures(data: Path) -> list[Feature]:
    """Prefectures and sub-prefectures, at the centre of their commune."""
    names = {f.properties["code"]: f.properties["name"] for f in departements(data)}
    found = []
    for f in read_features(data / "B_thematic/prefectures/prefectures_sous-prefectures.geojson"):
        p = f.properties
        main = p["type"] == "prefecture"
        kind = "Préfecture" if main else "Sous-préfecture"
        role = " de région" if main and p["prefecture_de_region"] else ""
        found.append(
            Feature(
                f.geometry,
                {
                    "name": f"{kind} · {p['ville']}",
                    "code": p["code_insee"],
                    "type": "préfecture" if main else "sous-préfecture",
                    "detail": f"{kind}{role}, {names.get(p['dep'], '')} ({p['dep']})",
                },
            )
        )
    return sorted(found, key=lambda f: str(f.properties["code"]))


def police_paris(data: Path) -> list[Feature]:
    """Police stations of Paris with address, hours and telephone."""
    path = data / "B_thematic/police_paris/carte-des-points-daccueil-police-a-paris.geojson"
    found = []
    for f in read_features(path):
        p = f.properties
        words = (p["adresse"], p["horaires"], p["telephone"])
        detail = " · ".join(w for w in words if w)
        name = f"{p['service']} ({p['ardt']})"
        found.append(Feature(f.geometry, {"name": name, "detail": detail}))
    return sorted(found, key=lambda f: (str(f.properties["name"]), f.geometry.bounds))


def airports(data: Path) -> list[Feature]:
    """Airports and airfields of France and its overseas territories."""
    rows = read_table(data / "B_thematic/aeroports/aeroports_fr_outremer.csv")
    return [
        point(
            row["lon"],
            row["lat"],
            name=row["name"],
            code=row["icao"],
            detail=" · ".join(w for w in (row["city"], row["icao"], row["iata"]) if w),
            type="aéroport" if row["iata"] else "aérodrome",
        )
        for row in sorted(rows, key=lambda row: row["icao"])
    ]


def nuclear(data: Path) -> list[Feature]:
    """Nuclear sites of France, the reactors of each counted by state."""
    sites: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_table(data / "B_thematic/nucleaire/nuclear_power_plants.csv"):
        if row["CountryCode"] == "FR" and row["Latitude"]:
            sites[re.sub(r"-[AB]?\d?$", "", row["Name"]).replace("St. ", "Saint-")].append(row)
    found = []
    for name, rows in sorted(sites.items()):
        states = Counter(_STATUS[row["Status"]] for row in rows)
        running = [float(r["Capacity"] or 0) for r in rows if r["Status"] == "Operational"]
        power = f" ({sum(running):.0f} MW)" if running else ""
        detail = ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
        found.append(
            point(
                rows[0]["Longitude"],
                rows[0]["Latitude"],
                name=f"Centrale de {name}" if running else name,
                type="en service" if running else "arrêt ou projet",
                detail=f"Réacteurs : {detail}{power}",
            )
        )
    return found


def seveso(data: Path) -> list[Feature]:
    """Five upper-tier Seveso sites, a sample of the national list."""
    rows = read_table(data / "B_thematic/seveso_echantillon/POIs_seveso.csv")
    return [
        point(
            row["feature_x"],
            row["feature_y"],
            name=spelt(row["nom_ets"]),
            code=row["code_aiot"],
            detail=f"{row['lib_seveso']}, {spelt(row['commune'])} · {row['lib_naf']}",
        )
        for row in sorted(rows, key=lambda row: row["code_aiot"])
    ]
