"""What a dBASE table says of itself, and the encoding its words are really in."""

import codecs

_LANGUAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252",
    0x64: "cp852", 0x65: "cp866", 0xC8: "cp1250", 0xC9: "cp1251", 0xCB: "cp1253", 0xCA: "cp1254",
}  # fmt: skip
_PROBED = 4_000_000


def is_dbf(data: bytes) -> bool:
    """Whether these bytes begin as a dBASE table does."""
    if len(data) < 65 or data[0] not in (0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5):
        return False
    header = int.from_bytes(data[8:10], "little")
    width = int.from_bytes(data[10:12], "little")
    dated = data[2] in range(13) and data[3] in range(32)
    return (
        dated and header >= 65 and width > 0 and data[header - 1 : header + 1][:1] in (b"\r", b"\0")
    )


def encoding_of(data: bytes, said: str = "") -> str:
    """The encoding of a table: what its `.cpg` says, what its words show, what its header says."""
    if name := _codec(said):
        return name
    header = int.from_bytes(data[8:10], "little")
    words = data[header : header + _PROBED]
    if not words.isascii() and _is_utf8(words):
        return "utf-8"
    return _LANGUAGES.get(data[29] if len(data) > 29 else 0, "cp1252")


def _codec(said: str) -> str:
    """The encoding that a `.cpg` names, in one of the many ways there are."""
    name = said.strip().strip("\ufeff").lower().removeprefix("ldid/").removeprefix("ansi ")
    if name == "88591":
        name = "iso-8859-1"
    for spelled in (name, f"cp{name}", f"iso-{name}"):
        try:
            return codecs.lookup(spelled).name
        except (LookupError, ValueError):
            continue
    return ""


def _is_utf8(words: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(words)
    except UnicodeDecodeError:
        return False
    return True
