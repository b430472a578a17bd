"""`beffroi-admin`: everything of Beffroi that runs without a window."""

from beffroi.admin.program import main

__all__ = ["main"]
