"""Which Beffroi this is."""

from PySide6.QtCore import qVersion

from beffroi.text import _
from desktop.kit.notices import program_version


def sentence() -> str:
    """The version, the licence and the parts it is made of."""
    return _(
        "Beffroi {version} – licence Apache 2.0. Qt {qt}, OpenLayers, SpatiaLite ; "
        "icônes Tabler (MIT). Les sources des données sont citées sur la carte."
    ).format(version=program_version(), qt=qVersion())
