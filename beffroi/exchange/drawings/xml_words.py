"""Words that XML can hold: a shape's label may have come from anywhere."""

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def said(text: str) -> str:
    """`text` without what XML 1.0 §2.2 forbids, its signs as entities."""
    return escape(_FORBIDDEN.sub("", text))
