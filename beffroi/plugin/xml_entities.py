"""Takes entities out of XML: `&eacute;` and a bare `&` stop a parser, or lose what they stand in."""

import re
from html.entities import html5

_CDATA = rb"<!\[CDATA\[.*?\]\]>"
_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_NAMED = re.compile(_CDATA + rb"|&([A-Za-z][A-Za-z0-9]{0,31});", re.DOTALL)
_BARE = re.compile(_CDATA + rb"|&(?!#?[A-Za-z0-9]{1,31};)", re.DOTALL)
_ESCAPED = b"&amp;"


def numbered(data: bytes) -> bytes:
    """The entities of HTML by their numbers, which need no DTD; unknown ones as they are written."""
    return _NAMED.sub(_number, data) if b"&" in data else data


def escaped(data: bytes) -> bytes:
    """A bare ampersand as `&amp;`."""
    return _BARE.sub(_ampersand, data) if b"&" in data else data


def _number(found: re.Match[bytes]) -> bytes:
    name = found[1]
    if name is None or name in _XML:
        return found[0]
    signs = html5.get(f"{name.decode('ascii')};", "")
    return "".join(f"&#{ord(sign)};" for sign in signs).encode("ascii") or _ESCAPED + found[0][1:]


def _ampersand(found: re.Match[bytes]) -> bytes:
    return _ESCAPED if found[0] == b"&" else found[0]
