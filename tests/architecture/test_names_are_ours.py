"""Our top-level names are plain words; make sure nobody else in the environment uses them."""

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("name", ["beffroi", "desktop", "hub"])
def test_no_other_distribution_installs(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"beffroi"}
