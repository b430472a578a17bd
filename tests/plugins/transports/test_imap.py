"""A mailbox: read without touching it, each letter told once, over a server that we play."""

import asyncio
import time
from email.message import EmailMessage

import pytest

from beffroi.plugin import Fetched, Unreachable
from tests.plugins.transports.conftest import call, heard


def _letter(number: int, *, attached: bool) -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"] = f"Point {number}", "cod@example.fr"
    letter.set_content(f"Le pont {number} est fermé.")
    if attached:
        letter.add_attachment(
            b"a;b\n1;2\n", maintype="text", subtype="csv", filename="../points.csv"
        )
    return letter.as_bytes()


class Mailbox:
    """Answers like a small IMAP server; remembers what it was told."""

    def __init__(self, letters: dict[int, bytes], validity: int = 7) -> None:
        self.letters, self.validity = letters, validity
        self.told = list[str]()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := await reader.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            self.told.append(command)
            writer.write(self._answer(command) + f"{tag} {self._verdict(command)}\r\n".encode())
            await writer.drain()
        writer.close()

    def _verdict(self, command: str) -> str:
        return (
            "NO wrong" if command.startswith("LOGIN") and '"sesame"' not in command else "OK done"
        )

    def _answer(self, command: str) -> bytes:
        if command.startswith("EXAMINE"):
            return f"* OK [UIDVALIDITY {self.validity}] valid\r\n".encode()
        if command.startswith("UID SEARCH"):
            return ("* SEARCH " + " ".join(map(str, self.letters)) + "\r\n").encode()
        if command.startswith("UID FETCH"):
            letter = self.letters[int(command.split()[2])]
            return b"* 1 FETCH (BODY[] {%d}\r\n%b)\r\n" % (len(letter), letter)
        return b""


def _read(box: Mailbox, memory: dict[str, str] | None = None, secret: str = "sesame", user: str = "moi") -> list[Fetched]:  # fmt: skip
    async def story() -> list[Fetched]:
        async with await asyncio.start_server(box, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            asked = call(f"imap://{user}@127.0.0.1:{port}/Alertes", memory=memory, secret=secret)
            return await heard("imap", asked)

    return asyncio.run(story())


def test_attachments_come_or_else_the_text():
    got = _read(Mailbox({3: _letter(1, attached=True), 5: _letter(2, attached=False)}))
    assert [(one.name, one.media_type) for one in got] == [("points.csv", "text/csv"), ("Point 2", "text/plain")]  # fmt: skip
    assert "Le pont 2 est fermé." in got[1].data.decode()


def test_nothing_in_the_mailbox_is_changed():
    box = Mailbox({3: _letter(1, attached=True)})
    _read(box)
    assert not any(word in " ".join(box.told).upper() for word in ("SELECT", "STORE", "DELETE", "COPY", "EXPUNGE"))  # fmt: skip
    assert any("BODY.PEEK" in line for line in box.told)


def test_a_letter_is_told_once_until_the_box_is_another():
    box = Mailbox({3: _letter(1, attached=True)})
    (first,) = _read(box)
    assert _read(box, first.memory) == []
    assert len(_read(Mailbox(box.letters, validity=8), first.memory)) == 1


def test_a_wrong_password_is_said():
    with pytest.raises(Unreachable, match="mot de passe"):
        _read(Mailbox({}), secret="faux")


def test_a_name_cannot_end_the_command():
    with pytest.raises(Unreachable, match="interdit"):
        _read(Mailbox({}), user="moi%0d%0aDELETE")


HOSTILE = {
    "a subject of a million words": b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nx",
    "parts in parts": b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3_000)),
    "letters in letters": b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
    "parts without end": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n" * 50_000,
    "open brackets": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Disposition: ' + b"(" * 20_000 + b"\r\n\r\nx\r\n--b--",
}  # fmt: skip


@pytest.mark.parametrize("letter", HOSTILE.values(), ids=HOSTILE)
def test_a_letter_made_to_harm_holds_up_none_that_follows(letter: bytes):
    begun = time.monotonic()
    found = _read(Mailbox({1: letter, 2: _letter(2, attached=False)}))
    assert found[-1].data.decode().strip() == "Le pont 2 est fermé."
    assert found[-1].memory["uid"] == "2"
    assert time.monotonic() - begun < 5


def test_a_server_that_never_ends_fills_nothing(monkeypatch: pytest.MonkeyPatch):
    class Endless(Mailbox):
        def _answer(self, command: str) -> bytes:
            return b"* SEARCH 1 2 3\r\n" * 90_000 if command.startswith("UID SEARCH") else b""

    monkeypatch.setattr("plugins.imap.session.MAX_ANSWER", 1 << 20)
    with pytest.raises(Unreachable, match="ne répond pas comme il faut"):
        _read(Endless({}))
