"""Builds the request that fetches one layer, from the address that a service declares."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from beffroi.plugin import xml

_KEPT = "/:,;{}"
WEB = ("http", "https")


def request(base: str, **parameters: str) -> str:
    """The address with these parameters; those it already has under the same names give way.

    Empty when the service declares none, or something that is no web address.
    """
    parts = urlsplit(base.strip())
    if parts.scheme not in WEB or not parts.netloc:
        return ""
    ours = {name.upper() for name in parameters}
    kept = [
        (n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n.upper() not in ours
    ]
    query = urlencode([*kept, *parameters.items()], safe=_KEPT, quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def operation(root: xml.Element, name: str) -> str:
    """Where an operation is asked for by GET, whatever the generation of the service."""
    for listed in xml.every(root, "Operation"):
        if listed.get("name") == name:
            return _link(listed)
    for requests in xml.every(root, "Request"):
        if (found := xml.child(requests, name)) is not None:
            return _link(found)
    return ""


def link(element: xml.Element | None) -> str:
    """The address in an element: `href`, `onlineResource`, or its words."""
    if element is None:
        return ""
    for name, value in element.attrib.items():
        if xml.local(name) in {"href", "onlineResource"}:
            return str(value).strip()
    return xml.text(element)


def _link(listed: xml.Element) -> str:
    for get in xml.every(listed, "Get"):
        online = xml.child(get, "OnlineResource")
        if address := link(online if online is not None else get):
            return address
    return ""
