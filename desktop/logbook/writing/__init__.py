"""Writing in the main courante: quick capture, qualification in place, the full form."""

from desktop.logbook.writing.capture import CaptureBar
from desktop.logbook.writing.editor import EntryEditor
from desktop.logbook.writing.install import Writing, install

__all__ = ["CaptureBar", "EntryEditor", "Writing", "install"]
