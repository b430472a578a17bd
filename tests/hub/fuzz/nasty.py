"""Values and bytes that a hub must survive."""

import json
from typing import Any

from hypothesis import strategies as st

DEEP = 2_000
TEXTS = (
    "", "\x00", "a\x00b", "\u202e", "é" * 3_000, "\\", "'", '"', "';DROP TABLE operation;--",
    "../../etc/passwd", "%s%n", "NaN", "~", "jop-2024/DR_SF/MEDICAL", "*", "ORG:*", "9" * 40,
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63), 10**40, 1.5, 1e308, -0.0)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from(TEXTS),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)
"""One value in the place of another."""
RAW = (
    b"", b"null", b"[]", b"{}", b"0", b'"', b"\xff\xfe", b'{"ops":null}', b'{"a":"\xc3\x28"}',
    b'{"a":"\\ud800"}', b"[" * 50_000, b'{"a":' * 50_000, b"1" * 10_000, b"NaN", b"-Infinity",
    b'{"ops":[{}]}', b"\x28\xb5\x2f\xfd" + b"\x00" * 20, b"\xef\xbb\xbf{}", b"<html></html>",
    b'{"workspace":1e999999}', b'{"cursors":{"a":123456789012345678901234567890}}',
)  # fmt: skip
"""Bodies that are no message at all."""


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is something in a JSON value."""
    found = [at]
    if isinstance(value, dict):
        for key, part in value.items():
            found += paths(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value[:3]):
            found += paths(part, (*at, index))
    return found


def put(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    """`value` with `new` in one place."""
    if not at:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = put(value[at[0]], at[1:], new)
    return copy


@st.composite
def altered(draw: st.DrawFn, body: bytes) -> bytes:
    """A message altered in a value, in its bytes, or replaced by something else."""
    how = draw(st.sampled_from(("value", "value", "value", "bytes", "raw")))
    if how == "raw":
        return draw(st.sampled_from(RAW) | st.binary(max_size=60))
    if how == "bytes":
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 12)))
        return body[:start] + draw(st.binary(max_size=6)) + body[end:]
    told = json.loads(body)
    for _time in range(draw(st.integers(1, 2))):
        told = put(told, draw(st.sampled_from(paths(told))), draw(values))
    return json.dumps(told).encode()
