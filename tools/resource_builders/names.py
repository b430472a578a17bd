"""The file of place names: communes, overseas localities, sites, stations, hospitals, roads…"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import shapely
from babel import Locale

from beffroi.places.folding import fold
from beffroi.places.gazetteer import pack
from beffroi.places.place import Place
from resource_builders import admin, games, points, rail, roads
from resource_builders.basemap import NE50
from resource_builders.geo import Feature, read_features, read_table
from resource_builders.overseas import territory

Named = tuple[Place, tuple[str, ...]]
KNOWN_AS = {
    "Arena Bercy": ("Accor Arena", "Bercy Arena", "POPB"),
    "Arena Paris Nord": ("Parc des expositions Villepinte", "Villepinte"),
    "Arena Paris Sud 1": ("Parc des expositions Porte de Versailles",),
    "Arena Porte de la Chapelle": ("Adidas Arena",),
    "Centre Aquatique": ("Centre aquatique olympique", "CAO"),
    "Parc des Princes": ("PSG",),
    "Stade Pierre Mauroy": ("Decathlon Arena", "Villeneuve d'Ascq"),
    "Stade de Bordeaux": ("Matmut Atlantique",),
    "Stade de France": ("SDF",),
    "Stade de Lyon": ("Groupama Stadium", "OL Stadium", "Décines"),
    "Stade de Marseille": ("Vélodrome", "Stade Vélodrome", "Orange Vélodrome"),
    "Stade de Nice": ("Allianz Riviera",),
    "Site d’escalade du Bourget": ("Le Bourget",),
}
"""Other names by which the desk calls a competition site."""
IN_FRENCH = {
    "Aachen": "Aix-la-Chapelle", "Antwerpen": "Anvers", "Barcelona": "Barcelone", "Basel": "Bâle",
    "Beijing": "Pékin", "Brugge": "Bruges", "Brussels": "Bruxelles", "Cairo": "Le Caire",
    "Copenhagen": "Copenhague", "Dresden": "Dresde", "Firenze": "Florence",
    "Frankfurt am Main": "Francfort-sur-le-Main", "Genève": "Genève", "Genoa": "Gênes",
    "Gent": "Gand", "Hamburg": "Hambourg", "Hannover": "Hanovre", "Köln": "Cologne",
    "Lisbon": "Lisbonne", "Liège": "Liège", "London": "Londres", "Luxembourg": "Luxembourg",
    "Mexico City": "Mexico", "Milano": "Milan", "Moscow": "Moscou", "München": "Munich",
    "Naples": "Naples", "Nürnberg": "Nuremberg", "Sevilla": "Séville", "Singapore": "Singapour",
    "Stockholm": "Stockholm", "Torino": "Turin", "Venice": "Venise", "Vienna": "Vienne (Autriche)",
    "Warsaw": "Varsovie", "Zaragoza": "Saragosse", "Zürich": "Zurich",
}  # fmt: skip
AUSTRAL = {
    "Îles Saint-Paul et Nouvelle-Amsterdam": (77.0, -39.2, 78.2, -37.3),
    "Archipel des Kerguelen": (68.0, -50.2, 71.0, -48.2),
    "Archipel des Crozet": (50.0, -47.0, 53.0, -45.6),
}
OVERSEAS_CODES = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976", "BL": "977",
    "MF": "978", "TF": "984", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
AIRFIELDS = {"NT": "987", "NW": "988"}
"""Each atoll's airfield bears its name."""
ROAD_WORDS = ("Avenue", "Boulevard", "Quai", "Place", "Cours", "Rue", "Pont", "Porte", "Route")


def build(data: Path) -> bytes:
    """The packed file."""
    named = [*_sites(data), *_stations(data), *_institutions(data), *_areas(data)]
    communes = list(_communes(data))
    known = {(fold(place.name), place.detail) for place, _ in communes}
    named += communes
    named += [
        item for item in _localities(data) if (fold(item[0].name), item[0].detail) not in known
    ]
    named += _roads(data)
    return pack([place for place, _ in named], [keys for _, keys in named])


def _place(feature: Feature, kind: str, name: str = "", detail: str = "") -> Place:
    spot = feature.geometry
    if spot.geom_type != "Point":
        spot = max(shapely.get_parts(spot), key=lambda part: part.area).representative_point()
    p = feature.properties
    words = detail or str(p.get("detail", ""))
    return Place(name or p["name"], kind, words, spot.x, spot.y, str(p.get("code", "")))


def _sites(data: Path) -> Iterator[Named]:
    seen = set()
    for f in games.sites(data):
        if f.properties["name"] not in seen:
            seen.add(f.properties["name"])
            known_as = KNOWN_AS.get(f.properties["name"], ())
            keys = ("site " + f.properties["name"], f.properties["code"], *known_as)
            yield _place(f, "site"), keys


def _stations(data: Path) -> Iterator[Named]:
    around = {}
    for f in rail.idfm_stations(data):
        around[fold(f.properties["name"]), round(f.geometry.x, 2), round(f.geometry.y, 2)] = f
    for f in rail.sncf_stations(data):
        key = fold(f.properties["name"]), round(f.geometry.x, 2), round(f.geometry.y, 2)
        twin = around.pop(key, None)
        detail = f.properties["detail"].split(",")[0]
        lines = f" · {twin.properties['detail']}" if twin else ""
        place = _place(f, "gare", detail=detail + lines)
        yield place, ("gare " + place.name, place.code)
    for f in around.values():
        yield _place(f, "gare"), ("gare " + f.properties["name"], "station " + f.properties["name"])


def _institutions(data: Path) -> Iterator[Named]:
    for kind, features in (
        ("hôpital", points.hospitals(data)),
        ("préfecture", points.prefectures(data)),
        ("police", points.police_paris(data)),
        ("aéroport", points.airports(data)),
        ("nucléaire", points.nuclear(data)),
        ("seveso", points.seveso(data)),
    ):
        for f in features:
            place = _place(f, kind)
            served = place.detail.split(" · ")[0::2] if kind == "aéroport" else ()
            yield place, (f"{kind} {place.name}", place.code, *served)


def _areas(data: Path) -> Iterator[Named]:
    people: Counter[str] = Counter()
    for row in read_table(data / "A_gazetteer/communes_fr.csv"):
        if row["type"] == "commune-actuelle":
            people[row["dep"]] += int(row["population"] or 0)
    for f in admin.departements(data):
        code = f.properties["code"]
        place = _place(f, "département", detail=str(f.properties.get("detail", "Département")))
        yield _populated(place, people[code]), (code,)
    for f in admin.regions(data):
        yield _place(f, "région", detail="Région"), ()
    for f in admin.paris(data)["quartiers"]:
        yield _place(f, "quartier"), ()
    names = Locale("fr").territories
    for f in read_features(data / NE50.format("admin_0_countries")):
        p = f.properties
        name = names.get(p["ISO_A2"]) or names.get(p["WB_A2"])
        if name and name not in {t.properties["name"] for t in admin.departements(data)}:
            place = _place(Feature(f.geometry, {"name": name}), "pays", detail="Pays")
            yield _populated(place, int(p["POP_EST"] or 0)), (p["NAME"],)


def _populated(place: Place, population: int) -> Place:
    return Place(place.name, place.kind, place.detail, place.lon, place.lat, place.code, population)


def _communes(data: Path) -> Iterator[Named]:
    missing = _elsewhere(data)
    for row in read_table(data / "A_gazetteer/communes_fr.csv"):
        lon, lat = row["lon"], row["lat"]
        if not lat:
            found = missing.get((fold(row["nom"]), row["dep"]))
            if not found:
                continue
            lon, lat = found
        detail = f"{row['dep_nom']} ({row['dep']})"
        population = int(row["population"] or 0)
        place = Place(
            row["nom"], "commune", detail, float(lon), float(lat), row["code_insee"], population
        )
        yield place, (row["code_insee"], *row["codes_postaux"].split("|"))


def _elsewhere(data: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """Positions of communes that the list lacks: from their shape, or from their airfield."""
    found = {}
    for f in read_features(data / "A_admin_fr/communes-2018-simplifiees.geojson.gz"):
        inside = f.geometry.representative_point()
        found[fold(f.properties["nom"]), f.properties["dep"]] = (inside.x, inside.y)
    islands = territory(data, "984")
    for name, box in AUSTRAL.items():
        inside = islands.intersection(shapely.box(*box)).representative_point()
        found[fold(name), "984"] = (inside.x, inside.y)
    for row in read_table(data / "B_thematic/aeroports/aeroports_fr_outremer.csv"):
        if code := AIRFIELDS.get(row["icao"][:2]):
            name = re.sub(r"\b(Airport|Island|Atoll|Ile)\b", "", row["name"])
            found.setdefault((fold(name), code), (float(row["lon"]), float(row["lat"])))
    return found


def _localities(data: Path) -> Iterator[Named]:
    names = Locale("fr").territories
    territories = {f.properties["code"]: f.properties["name"] for f in admin.departements(data)}
    for row in read_table(data / "A_gazetteer/geonames_fr_outremer_monde.csv"):
        if row["pays"] == "FR":
            continue
        overseas = OVERSEAS_CODES.get(row["pays"])
        if overseas or int(row["population"]) >= 100_000:
            detail = names.get(row["pays"], row["pays"])
            if overseas:
                detail = f"{territories[overseas]} ({overseas})"
            place = Place(
                IN_FRENCH.get(row["nom"], row["nom"]),
                "lieu",
                detail,
                float(row["lon"]),
                float(row["lat"]),
                population=int(row["population"]),
            )
            yield place, (fold(row["nom"]).replace(" ", ""),) if overseas else (row["nom"],)


def _roads(data: Path) -> Iterator[Named]:
    for f in roads.paris_roads(data):
        if f.properties["name"].startswith(ROAD_WORDS):
            spot = Feature(f.geometry.interpolate(0.5, normalized=True), f.properties)
            yield _place(spot, "voie", detail="Paris"), ()
    groups: dict[str, list[Feature]] = defaultdict(list)
    for f in roads.valdoise_roads(data):
        groups[f.properties["name"]].append(f)
    for name, parts in sorted(groups.items()):
        if name not in roads.CLASSES.values():
            longest = max(parts, key=lambda part: part.geometry.length)
            spot = Feature(longest.geometry.interpolate(0.5, normalized=True), {"name": name})
            yield _place(spot, "voie", detail="Val-d’Oise"), (name.replace(" ", ""),)
