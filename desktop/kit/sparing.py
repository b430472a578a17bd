"""Spares a start what PySide does for a feature that Beffroi does not use."""

import importlib


def spare_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks there for its own name, for `from __feature__ import …`, and keeps all it read: 150 ms
    and 26 MB.  Without sources (frozen) it takes the answer to be no; so it does now everywhere.
    A PySide that works otherwise is left alone.
    """
    importlib.import_module("PySide6.QtCore")
    try:
        feature = importlib.import_module("shibokensupport.feature")
    except ImportError:
        return
    if "_mod_uses_pyside" in vars(feature):
        vars(feature)["_mod_uses_pyside"] = _not_asked


def _not_asked(_module: object) -> bool:
    return False
