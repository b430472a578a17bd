r"""Traces as a security centre takes them: ArcSight CEF, one line each, or one JSON document.

Source: ArcSight Common Event Format, version 26.  In the header `\` and `|` are escaped, in the
extension `\`, `=` and ends of lines; field lengths are those of its dictionary.
"""

import re
from collections.abc import Iterable, Iterator
from importlib import metadata

import msgspec

from beffroi.access.trace import Trace
from beffroi.access.trail_words import act

VENDOR, PRODUCT = "Beffroi", "Beffroi"
FORMAT = "beffroi-traces-1"
_LINE_ENDS = {"\n": "\\n", "\r": "\\r"}
_OTHER_CONTROLS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_SEVERITIES = (
    (re.compile(r"station\.broken|profile\.altered"), 9),
    (re.compile(r".*refused|quarantine.*"), 6),
    (re.compile(r"export|print|backup.*|link\.open|.*\.export"), 5),
    (re.compile(r"(account|grant|device|keys?|workspace|restore|salvage)\b.*"), 5),
    (re.compile(r".*read|search"), 1),
)


def severity(trace: Trace) -> int:
    """How much it matters, 0 to 10: a broken chain 9, a refusal 6, what leaves 5, a read 1."""
    if trace.flaw:
        return 9
    return next((n for pattern, n in _SEVERITIES if pattern.fullmatch(trace.action)), 3)


def cef_line(trace: Trace, *, host: str = "", name: str | None = None) -> str:
    """One trace as one line of CEF; `host` is the hub or the station that gives it out."""
    header = "|".join(
        _header(part, limit)
        for part, limit in (
            (VENDOR, 63), (PRODUCT, 63), (_version(), 31), (trace.action, 1023),
            (name if name is not None else act(trace.action), 512), (str(severity(trace)), 10),
        )
    )  # fmt: skip
    told = " ".join(f"{key}={value}" for key, value in _extension(trace, host) if value)
    return f"CEF:0|{header}|{told}"


def _extension(trace: Trace, host: str) -> Iterator[tuple[str, str]]:
    refused = trace.action.endswith("refused") or trace.action == "quarantine"
    yield "rt", str(trace.at)
    yield "externalId", _value(f"{trace.chain}:{trace.seq}", 40)
    yield "dvchost", _value(host, 100)
    yield "suser", _value(trace.account, 1023)
    yield "shost", _value(trace.station, 1023)
    yield "deviceExternalId", _value(trace.device, 255)
    yield "act", _value(trace.action, 63)
    yield "outcome", "failure" if refused else "success"
    yield from _named("cs1", "object", trace.object)
    yield from _named("cs2", "post", trace.post)
    yield from _named("cs3", "detail", "" if trace.detail == "{}" else trace.detail)
    yield from _named("cs4", "hash", trace.hash)
    yield from _named("cs5", "stationLine", _of_station(trace))
    yield from _named("cs6", "flaw", trace.flaw)
    yield "msg", _value(trace.label, 1023)


def _of_station(trace: Trace) -> str:
    return f"{trace.source}:{trace.source_seq}" if trace.source else ""


def _named(key: str, label: str, value: str) -> Iterator[tuple[str, str]]:
    if value:
        yield f"{key}Label", label
        yield key, _value(value, 4000)


def _header(text: str, limit: int) -> str:
    flat = _OTHER_CONTROLS.sub(" ", text).replace("\n", " ").replace("\r", " ")
    return _shortened(flat, limit).replace("\\", "\\\\").replace("|", "\\|")


def _value(text: str, limit: int) -> str:
    short = _shortened(_OTHER_CONTROLS.sub(" ", text), limit)
    safe = short.replace("\\", "\\\\").replace("=", "\\=")
    for end, said in _LINE_ENDS.items():
        safe = safe.replace(end, said)
    return safe


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _version() -> str:
    try:
        return metadata.version("beffroi")
    except metadata.PackageNotFoundError:
        return "?"


def cef_document(traces: Iterable[Trace], host: str) -> Iterator[bytes]:
    """A CEF file, line by line."""
    for trace in traces:
        yield f"{cef_line(trace, host=host)}\n".encode(errors="replace")


def json_head(host: str, made_at: int, made_by: str) -> bytes:
    """The beginning of a JSON document: who made it, when (UTC ms)."""
    head = {"format": FORMAT, "host": host, "made_at": made_at, "made_by": made_by}
    return msgspec.json.encode(head)[:-1] + b',"traces":['


def json_lines(traces: Iterable[Trace], *, first: bool) -> Iterator[bytes]:
    """Traces inside a JSON document; the `first` of all has no comma before it."""
    for trace in traces:
        yield (b"\n" if first else b",\n") + msgspec.json.encode(trace)
        first = False


JSON_TAIL = b"\n]}\n"


def json_document(
    traces: Iterable[Trace], host: str, made_at: int, made_by: str
) -> Iterator[bytes]:
    """One JSON document, piece by piece."""
    yield json_head(host, made_at, made_by)
    yield from json_lines(traces, first=True)
    yield JSON_TAIL
