"""Printing: the map on paper, in a PDF, in a picture, on the clipboard, as an annex that opens anywhere."""

from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add printing to the desk."""
    from desktop.printing.commands import register  # printers are looked for when first needed

    register(desk)
