"""TAK protocol v1: protobuf messages behind the byte `bf`, from the mesh or from a server.

On the mesh (UDP) a datagram is `bf 01 bf` and one message; in a stream (TCP) each message comes after
`bf` and its length.  Schemas: `takmessage.proto`, `cotevent.proto` and `detail.proto` of ATAK.
"""

from collections.abc import Iterator

from lxml import etree

from beffroi.plugin import Unreadable, xml
from plugins.cot.event import UNKNOWN, Event, measured
from plugins.cot.wire import message, varint

MAGIC = 0xBF
_LAST_MS = 7_258_118_400_000
_MESH = bytes((MAGIC, 1, MAGIC))
_DETAILS: dict[int, tuple[str, dict[int, str]]] = {
    2: ("contact", {1: "endpoint", 2: "callsign"}),
    3: ("__group", {1: "name", 2: "role"}),
    4: ("precisionlocation", {1: "geopointsrc", 2: "altsrc"}),
    5: ("status", {1: "battery"}),
    6: ("takv", {1: "device", 2: "platform", 3: "os", 4: "version"}),
    7: ("track", {1: "speed", 2: "course"}),
}
"""The parts of a detail that protobuf knows, as the elements they stand for."""
_ZEROS = {"battery": "0", "speed": "0.0", "course": "0.0"}
"""What a part says when it leaves the field out, as protobuf does with zeros."""


def messages(data: bytes) -> Iterator[bytes]:
    """The messages of a buffer, several datagrams or a stream; what is not TAK between is skipped.

    Raises:
        Unreadable: the last message is cut.
    """
    if data.startswith(_MESH):
        yield from (part for part in data.split(_MESH) if part)
        return
    at = data.find(MAGIC)
    while 0 <= at < len(data):
        size, begin = varint(data, at + 1)
        yield data[begin : begin + size]
        at = data.find(MAGIC, begin + size)


def event(tak: bytes) -> Event | None:
    """The event of a message; None when it only settles the version of the protocol.

    Raises:
        Unreadable: the message is cut or damaged.
    """
    inner = message(tak).get(2)
    if not isinstance(inner, bytes):
        return None
    told = message(inner)
    detail = told.get(15)
    return Event(
        uid=_text(told.get(5)),
        type=_text(told.get(1)),
        how=_text(told.get(9)),
        access=_text(told.get(2)),
        time=_instant(told.get(6)),
        start=_instant(told.get(7)),
        stale=_instant(told.get(8)),
        lat=_number(told.get(10, 0.0)),
        lon=_number(told.get(11, 0.0)),
        hae=_number(told.get(12, 0.0)),
        ce=_number(told.get(13, 0.0)),
        le=_number(told.get(14, 0.0)),
        detail=_detail(message(detail)) if isinstance(detail, bytes) else None,
    )


def _detail(told: dict[int, int | float | bytes]) -> etree._Element:
    """The detail as the XML it stands for: the known parts, then what came as XML."""
    extra = _text(told.get(1))
    try:
        root = xml.parsed(f"<detail>{extra}</detail>".encode())
    except Unreadable:
        root = etree.Element("detail")
    for number, (tag, names) in _DETAILS.items():
        part = told.get(number)
        if isinstance(part, bytes):
            values = {name: _ZEROS[name] for name in names.values() if name in _ZEROS}
            values |= {names[n]: _text(v) for n, v in message(part).items() if n in names}
            etree.SubElement(root, tag, values)
    return root


def _text(value: float | bytes | None) -> str:
    if value is None:
        return ""
    words = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(c for c in words if c >= " " or c in "\t\r\n")


def _instant(value: float | bytes | None) -> int | None:
    """UTC ms, as the protocol counts; None for what no clock says."""
    number = _number(value, most=_LAST_MS)
    return round(number) if number is not None and number > 0 else None


def _number(value: float | bytes | None, most: float = UNKNOWN) -> float | None:
    return measured(value, most) if isinstance(value, int | float) else None
