"""What a letter carries (RFC 5322, MIME)."""

import email
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import default

MAX_PARTS = 100
Part = tuple[bytes, str, str]
"""Bytes, name, media type."""


def parts_of(letter: bytes, *, attachments: bool = True) -> Iterator[Part]:
    """Its attachments; its text when it has none, or when they are not wanted."""
    message = email.message_from_bytes(letter, policy=default)
    found = list(_attached(message)) if attachments else []
    if found:
        yield from found
        return
    body = message.get_body(("plain", "html"))
    if body is not None:
        subject = str(message.get("subject", ""))[:200]
        yield _bytes(body), subject, body.get_content_type()


def _attached(message: EmailMessage) -> Iterator[Part]:
    for number, part in enumerate(message.iter_attachments()):
        if number >= MAX_PARTS:
            return
        if not part.is_multipart():
            name = str(part.get_filename() or "").replace("\\", "/").rpartition("/")[2][:200]
            yield _bytes(part), name, part.get_content_type()


def _bytes(part: MIMEPart) -> bytes:
    told = part.get_payload(decode=True)
    return told if isinstance(told, bytes) else b""
