"""The few commands of IMAP that reading takes; nothing here can change the mailbox."""

import asyncio
import re

from beffroi.plugin import Door, Unreachable
from beffroi.plugin.later import Gone
from beffroi.plugin.words import _

MAX_LETTER = 30 * 1024 * 1024
MAX_LINE = 1 << 20
MAX_ANSWER = MAX_LETTER + (1 << 20)
"""Of a whole answer: a server that never ends cannot fill the memory."""
_LITERAL = re.compile(rb"\{(\d+)\}\r?\n\Z")
_VALIDITY = re.compile(rb"UIDVALIDITY (\d+)", re.IGNORECASE)


class Session:
    """One connection to a mailbox."""

    def __init__(self, door: Door, host: str, port: int) -> None:
        self._door, self._host, self._port = door, host, port
        self._tag = 0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self, *, tls: bool) -> None:
        """Connect and hear the greeting."""
        self._reader, self._writer = await self._door.connect(self._host, self._port, tls=tls)
        greeting = await self._line()
        if not greeting.upper().startswith((b"* OK", b"* PREAUTH")):
            raise self._strange()

    async def login(self, name: str, secret: str) -> None:
        """Say who we are.

        Raises:
            Gone: it does not know us.
        """
        command = f"LOGIN {quoted(name)} {quoted(secret)}"
        try:
            await self._ask(command)
        except Unreachable as error:
            raise Gone(
                _("{host} refuse cet identifiant ou ce mot de passe\u00a0: corrigez-les.").format(
                    host=self._host
                )
            ) from error

    async def examine(self, folder: str) -> str:
        """Open a folder for reading only; the number under which its uids hold (UIDVALIDITY)."""
        lines = await self._ask(f"EXAMINE {quoted(folder)}")
        found = _VALIDITY.search(b"".join(lines))
        return found[1].decode() if found else "0"

    async def uids_after(self, last: int, sender: str = "") -> list[int]:
        """The uids of letters after `last`, in order."""
        only = f" FROM {quoted(sender)}" if sender else ""
        lines = await self._ask(f"UID SEARCH UID {last + 1}:*{only}")
        words = b" ".join(
            line[8:] for line in lines if line.upper().startswith(b"* SEARCH")
        ).split()
        return sorted({int(word) for word in words if word.isdigit() and int(word) > last})

    async def letter(self, uid: int) -> bytes:
        """A whole letter; it stays as unread as it was."""
        lines = await self._ask(f"UID FETCH {uid} (BODY.PEEK[])")
        return max(lines, key=len, default=b"")

    async def close(self) -> None:
        """Say goodbye."""
        if self._writer is None:
            return
        self._writer.write(b"z LOGOUT\r\n")
        self._writer.close()
        await self._writer.wait_closed()

    async def _ask(self, command: str) -> list[bytes]:
        """The lines and literals that answer a command.

        Raises:
            Unreachable: the answer is no, or makes no sense.
        """
        if self._writer is None:
            raise self._strange()
        self._tag += 1
        tag = f"b{self._tag}".encode()
        self._writer.write(tag + b" " + command.encode() + b"\r\n")
        await self._writer.drain()
        told, size = list[bytes](), 0
        while True:
            line = await self._line()
            size += len(line)
            if size > MAX_ANSWER:
                raise self._strange()
            if line.startswith(tag + b" "):
                if line[len(tag) + 1 :].upper().startswith(b"OK"):
                    return told
                raise self._strange()
            told.append(line)
            if literal := _LITERAL.search(line):
                told.append(await self._literal(int(literal[1])))
                size += len(told[-1])

    async def _literal(self, size: int) -> bytes:
        if size > MAX_LETTER or self._reader is None:
            raise Unreachable(
                _("Un message de la boîte dépasse 30\u00a0Mo\u00a0: retirez-le du dossier.")
            )
        try:
            return await self._reader.readexactly(size)
        except asyncio.IncompleteReadError as error:
            raise self._strange() from error

    async def _line(self) -> bytes:
        if self._reader is None:
            raise self._strange()
        try:
            line = await self._reader.readline()
        except ValueError as error:
            raise self._strange() from error
        if not line:
            raise self._strange()
        return line

    def _strange(self) -> Unreachable:
        return Unreachable(
            _(
                "La boîte aux lettres de {host} ne répond pas comme il faut\u00a0: vérifiez le dossier."
            ).format(host=self._host)
        )


def quoted(words: str) -> str:
    """A string of IMAP, in which nothing can end the command.

    Raises:
        Unreachable: it holds a line end or a zero.
    """
    if any(sign in words for sign in "\r\n\0"):
        raise Unreachable(
            _("L’identifiant ou le dossier contient un caractère interdit\u00a0: corrigez-le.")
        )
    told = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{told}"'
