"""A large file stays in columns on its way to the observations, and tells the same as one by one."""

import shapely

from beffroi.node import Node
from beffroi.plugin.columns import Columns
from beffroi.sources.definition import Roles
from beffroi.sources.mapping import mapped
from beffroi.sources.rows import column_rows

SITES = (
    ("S01", "Stade de France", 2.3601, 48.9245),
    ("S02", "Arena Bercy", 2.3786, 48.8387),
    ("", "Grand Palais", 2.3125, 48.8661),
)


def test_columns_with_roles_tell_what_records_with_roles_tell(node: Node) -> None:
    columns = Columns(
        wkb=[shapely.to_wkb(shapely.Point(lon, lat)) for _code, _name, lon, lat in SITES],
        fields={
            "code": [site[0] or None for site in SITES],
            "nom": [site[1] for site in SITES],
            "depuis": ["2024-07-26T08:00:00Z", "", "26/07/2024 10:00"],
        },
    )
    roles = Roles(id="code", title="nom", time="depuis")
    kept = node.observations
    kept.put("a", mapped(columns, roles), snapshot=True, now=1)
    kept.put_rows("b", column_rows(columns, roles, "Europe/Paris"), snapshot=True, now=1)
    first, second = kept.features("a"), kept.features("b")
    told = [[(one.title, one.time, one.geometry) for one in rows] for rows in (first, second)]
    assert told[0] == told[1]
    assert [one.id for one in second] == ["S01", "S02", "3"]
