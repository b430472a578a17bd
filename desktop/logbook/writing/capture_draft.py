"""What of a capture is kept in its draft, and how it comes back."""

from typing import Any

import msgspec

from beffroi.attachments import AttachmentRef
from desktop.logbook.writing.parent_banner import ParentBanner
from desktop.logbook.writing.quick_line import QuickLine
from desktop.logbook.writing.strip import AttachmentStrip


def payload_of(
    line: QuickLine, strip: AttachmentStrip, banner: ParentBanner
) -> dict[str, Any] | None:
    """The draft, or None when there is nothing worth keeping."""
    if not line.text.strip() and not strip.refs:
        return None
    attachments: Any = msgspec.to_builtins(strip.refs)
    return {**line.draft(), "attachments": attachments, "parent": banner.uid}


def restore(payload: dict[str, Any], line: QuickLine, strip: AttachmentStrip) -> None:
    """Put a draft back in place."""
    line.recover(payload)
    refs = msgspec.convert(payload.get("attachments") or [], tuple[AttachmentRef, ...])
    strip.show_refs(refs)
