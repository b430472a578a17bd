"""A tag of the profile's own is shown by its name and colour."""

from pathlib import Path

from beffroi.taxonomy import of_profile
from desktop.api import Desk
from desktop.logbook import tag_look
from tests.beffroi.test_own_tags import OWN


def test_a_tag_of_the_profile_is_shown_by_its_name(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "taxonomy.toml").write_text(OWN, encoding="utf-8")
    tags, _problem = of_profile(tmp_path)
    assert tag_look.look("TRA.VELO").word == "TRA.VELO"
    tag_look.use(tags)
    try:
        assert tag_look.look("TRA.VELO").word == "Cyclologistique"
        assert tag_look.look("TRA.VELO").colour == "#6A3FB5"
    finally:
        tag_look.use(desk.node.taxonomy)
