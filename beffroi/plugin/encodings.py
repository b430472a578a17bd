"""Turns bytes into words, whatever wrote them: UTF-8, UTF-16, or an old Windows."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROBED = 400
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27, 30})


def marked(data: bytes) -> str:
    """The encoding that the first bytes tell (a mark, or UTF-16 without one), or nothing."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:_PROBED]
    if (len(head) >= 4 and len(head) % 2 == 0) or len(head) == _PROBED:
        evens, odds = head[0::2].count(0), head[1::2].count(0)
        if odds > len(head) * 0.3 and evens == 0:
            return "utf-16-le"
        if evens > len(head) * 0.3 and odds == 0:
            return "utf-16-be"
    return ""


def decoded(data: bytes, said: str = "") -> tuple[str, str]:
    """The words of `data` and the encoding they were in; `said` is tried first.

    Never fails: what is in no encoding is taken for Windows-1252, its holes marked.
    """
    if encoding := marked(data):
        return data.decode(encoding, "replace"), encoding.removesuffix("-sig")
    for encoding in (said, "utf-8"):
        try:
            if encoding:
                return data.decode(encoding), codecs.lookup(encoding).name
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), "cp1252"


def is_text(data: bytes) -> bool:
    """Whether the first bytes look like words rather than a binary format."""
    head = data[:4096]
    if not head or marked(head):
        return bool(head)
    return len(head) - len(head.translate(None, _CONTROLS)) <= len(head) // 100
