"""Windows that fit the screen they open on, whatever its size and scale."""

from PySide6.QtWidgets import QWidget

_FRAME = 48
"""Pixels that a title bar and its borders take, at most."""


def fit(window: QWidget, width: int, height: int) -> None:
    """Resize to `width` × `height` pixels, or to what the screen of its parent leaves: its foot stays in sight."""
    room = (window.parentWidget() or window).screen().availableGeometry()
    window.resize(min(width, room.width()), min(height, room.height() - _FRAME))
