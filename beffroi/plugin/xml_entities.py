"""Takes the words of HTML out of XML: `&eacute;` and a bare `&` stop a parser, or lose what they stand in."""

import re
from html.entities import html5

_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_CDATA_OR_BARE = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!#?[A-Za-z0-9]{1,31};)", re.DOTALL)


def numbered(data: bytes) -> bytes:
    """The entities of HTML by their numbers, which need no DTD; the five of XML stay, unknown ones too."""
    return _NAMED.sub(_number, data) if b"&" in data else data


def escaped(data: bytes) -> bytes:
    """A bare ampersand as `&amp;`, outside CDATA."""
    return _CDATA_OR_BARE.sub(_ampersand, data) if b"&" in data else data


def _number(found: re.Match[bytes]) -> bytes:
    signs = "" if found[1] in _XML else html5.get(f"{found[1].decode('ascii')};", "")
    return "".join(f"&#{ord(sign)};" for sign in signs).encode("ascii") or found[0]


def _ampersand(found: re.Match[bytes]) -> bytes:
    return b"&amp;" if found[0] == b"&" else found[0]
