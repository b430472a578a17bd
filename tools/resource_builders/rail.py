"""Railways and stations: SNCF everywhere, Île-de-France Mobilités around Paris."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely

from resource_builders.geo import Feature, point, read_features, read_json, read_table

SNCF = "B_thematic/sncf"
IDFM = "B_thematic/transports_idf"
HIGH_SPEED = "#B3006E"
SEGMENTS = {"A": "gare nationale", "B": "gare régionale", "C": "gare locale"}
MODES = {"METRO": "Métro", "TRAM": "Tram", "TRAIN": "Transilien", "CDGVAL": "CDGVAL"}


def sncf_stations(data: Path) -> list[Feature]:
    """The passenger stations, with their trigram and rank."""
    found = {}
    for row in read_table(data / SNCF / "gares-de-voyageurs.csv", ";"):
        if not row["Position géographique"]:
            continue
        lat, lon = row["Position géographique"].split(",")
        rank = row["Segment(s) DRG"].split(";")[0].strip()
        found[row["Nom"], row["Code(s) UIC"]] = point(
            lon,
            lat,
            name=row["Nom"],
            code=row["Trigramme"],
            detail=f"Gare SNCF ({SEGMENTS.get(rank, 'gare')}), UIC {row['Code(s) UIC']}",
            type=rank,
        )
    return [found[key] for key in sorted(found)]


def sncf_lines(data: Path) -> list[Feature]:
    """Lines drawn from station to station in the order of their kilometre points.

    The open file gives only both ends of each section: what is drawn is a sketch, and says so.
    """
    stops: dict[tuple[str, int], list[tuple[int, float, float]]] = defaultdict(list)
    for f in read_features(data / SNCF / "liste-des-gares.geojson.gz"):
        p = f.properties
        at = _metres(p["pk"])
        if at is not None:
            stops[p["code_ligne"], int(p["rg_troncon"])].append((at, f.geometry.x, f.geometry.y))
    lines: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for section in read_json(data / SNCF / "lignes-lgv-et-par-ecartement.json"):
        line = _sketch(section, stops[section["code_ligne"], int(section["rg_troncon"])])
        if line is not None:
            lines[section["code_ligne"], section["catlig"]].append(line)
    return [_line(code, kind, parts) for (code, kind), parts in sorted(lines.items())]


def _metres(kilometre_point: str | None) -> int | None:
    found = re.fullmatch(r"(\d+)([+-])(\d+)", kilometre_point or "")
    if not found:
        return None
    metres = int(found[3])
    return int(found[1]) * 1000 + (metres if found[2] == "+" else -metres)


def _sketch(section: dict[str, Any], stops: list[tuple[int, float, float]]) -> Any:
    first, last = _metres(section["pkd"]), _metres(section["pkf"])
    if first is None or last is None or not section.get("x_d_wgs84"):
        return None
    between = sorted(stop for stop in stops if first < stop[0] < last)
    path = [
        (section["x_d_wgs84"], section["y_d_wgs84"]),
        *((lon, lat) for _, lon, lat in between),
        (section["x_f_wgs84"], section["y_f_wgs84"]),
    ]
    return shapely.LineString(path)


def _line(code: str, kind: str, parts: list[Any]) -> Feature:
    fast = kind == "Ligne à grande vitesse"
    whole = shapely.line_merge(shapely.MultiLineString(parts)) if len(parts) > 1 else parts[0]
    return Feature(
        whole,
        {
            "name": f"{'LGV' if fast else 'Ligne'} {code}",
            "code": code,
            "type": "LGV" if fast else "classique",
            "color": HIGH_SPEED if fast else "",
            "detail": f"{kind} (tracé schématique)",
        },
    )


def idfm_lines(data: Path) -> list[Feature]:
    """One feature per line of metro, RER, train and tram, in the line's own colour."""
    groups: dict[str, list[Any]] = defaultdict(list)
    colours: dict[str, str] = {}
    for f in read_features(data / IDFM / "traces-du-reseau-ferre-idf.geojson.gz"):
        name = f.properties["res_com"]
        groups[name].append(f.geometry)
        if f.properties["colourweb_hexa"]:
            colours.setdefault(name, f"#{f.properties['colourweb_hexa']}")
    found = []
    for name, parts in sorted(groups.items()):
        whole = shapely.line_merge(shapely.union_all(parts))
        found.append(
            Feature(
                shapely.simplify(whole, 0.00004),
                {"name": line_name(name), "code": name, "color": colours.get(name, "")},
            )
        )
    return found


def line_name(code: str) -> str:
    """A line as people call it: « METRO 4 » is « Métro 4 », « TRAM 3a » is « Tram T3a »."""
    mode, _, number = code.partition(" ")
    if mode == "TRAM":
        return f"Tram T{number}"
    if mode == "FUNICULAIRE":
        return "Funiculaire de Montmartre"
    return f"{MODES.get(mode, mode)} {number}".strip()


def idfm_stations(data: Path) -> list[Feature]:
    """One point per interchange, with all the lines that serve it."""
    places: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_table(data / IDFM / "emplacement-des-gares-idf.csv", ";"):
        places[row["id_ref_zdc"]].append(row)
    found = []
    for code, rows in sorted(places.items()):
        spots = [tuple(map(float, row["geo_point_2d"].split(","))) for row in rows]
        lines = sorted({line_name(row["res_com"]) for row in rows})
        found.append(
            point(
                sum(lon for _, lon in spots) / len(spots),
                sum(lat for lat, _ in spots) / len(spots),
                name=rows[0]["nom_zdc"],
                code=code,
                detail=", ".join(lines),
                type=sorted(row["mode"] for row in rows)[0],
            )
        )
    return found
