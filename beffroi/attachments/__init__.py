"""Attachments: checked before they come in, encrypted where they lie, found by their SHA-256."""

from beffroi.attachments.attachments import Attachments, Described
from beffroi.attachments.photo import PhotoPosition
from beffroi.attachments.ref import AttachmentRef

__all__ = ["AttachmentRef", "Attachments", "Described", "PhotoPosition"]
