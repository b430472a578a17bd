"""What a letter carries (RFC 5322, MIME), within limits: anyone may write to a mailbox."""

import email
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy, Policy
from typing import cast

from typing_extensions import override

from beffroi.plugin import Unreachable
from beffroi.plugin.words import _

MAX_PARTS = 100
MAX_MARKS = 2_000
"""Lines that may begin a part: a letter of more is made to be slow."""
MAX_HEADER = 1_000
"""Characters of a header that are looked at: Python's parser takes minutes for some long ones."""
Part = tuple[bytes, str, str]
"""Bytes, name, media type."""


class _Bounded(EmailPolicy):
    @override
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


_POLICY = cast("Policy[EmailMessage]", _Bounded())


def parts_of(letter: bytes, *, attachments: bool = True) -> list[Part]:
    """Its attachments; its text when it has none, or when they are not wanted.

    Raises:
        Unreachable: it holds parts without end.
    """
    if letter.count(b"\n--") > MAX_MARKS:
        raise _endless()
    try:
        return list(_parts(email.message_from_bytes(letter, policy=_POLICY), attachments))
    except RecursionError as error:
        raise _endless() from error


def _endless() -> Unreachable:
    return Unreachable(
        _("Un message de la boîte est imbriqué sans mesure\u00a0: retirez-le du dossier.")
    )


def _parts(message: EmailMessage, attachments: bool) -> Iterator[Part]:
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
