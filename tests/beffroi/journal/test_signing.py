"""A signature holds for one text, one key, one workspace and one mode."""

from base64 import b64encode
from typing import Any

import msgspec
import pytest

from beffroi.journal import Operation, Signer
from beffroi.journal.signing import genuine, new_seed, signed_text
from beffroi.sync.wire import Op
from tests.beffroi.journal.conftest import KEY, Notebook, Open
from tests.conftest import HeldClock

PUBLIC = Signer("d-1", KEY).public


@pytest.fixture
def signed(notebook: Notebook) -> Operation:
    notebook.write("feu", audience="MEDICAL")
    return notebook.journal.outbox()[0]


def wired(operation: Operation, **changed: Any) -> Op:
    fields = {name: getattr(operation, name) for name in Op.__struct_fields__}
    return Op(**{**fields, "payload": msgspec.Raw(operation.payload), **changed})


def test_what_was_signed_here_is_genuine_there(signed: Operation) -> None:
    travelled = msgspec.json.decode(msgspec.json.encode(wired(signed)), type=Op)
    assert genuine(travelled, "real", PUBLIC)
    assert signed.device == "d-1"


@pytest.mark.parametrize("field", sorted(set(Op.__struct_fields__) - {"signature", "payload"}))
def test_no_field_can_be_changed(signed: Operation, field: str) -> None:
    before = getattr(signed, field)
    forged = wired(signed, **{field: before + 1 if isinstance(before, int) else f"{before}x"})
    assert not genuine(forged, "real", PUBLIC)


def test_neither_the_words_nor_the_key_nor_the_mode_can_be_changed(signed: Operation) -> None:
    assert not genuine(wired(signed, payload=msgspec.Raw(b'"eau"')), "real", PUBLIC)
    assert not genuine(wired(signed), "exercise", PUBLIC)
    assert not genuine(wired(signed), "real", Signer("d-1", new_seed()).public)


@pytest.mark.parametrize(
    "public",
    ["", "x", "é", PUBLIC[:-4], b64encode(bytes(31)).decode(), b64encode(bytes(32)).decode()],
)
def test_garbage_for_a_key_is_never_genuine(signed: Operation, public: str) -> None:
    assert not genuine(wired(signed), "real", public)


@pytest.mark.parametrize("signature", ["", "x", "é", "AAAA", b64encode(bytes(64)).decode()])
def test_garbage_for_a_signature_is_never_genuine(signed: Operation, signature: str) -> None:
    assert not genuine(wired(signed, signature=signature), "real", PUBLIC)


def test_the_signed_text_is_a_contract(notebook: Notebook) -> None:
    op = Operation(
        seq=1, op_id="o", kind="k", entity="e", workspace="w", hlc=1, made_at=2, author="a",
        post="p", station="s", marking="DR", payload=b"{}", audience="X", device="d", offset=-3,
    )  # fmt: skip
    assert signed_text(op, "real") == (
        b'["beffroi-op-1","w","real","o","k","e",1,2,-3,"a","p","s","DR","X","d",'
        b'"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"]'
    )


def test_a_profile_without_a_hub_signs_nothing(open_notebook: Open) -> None:
    alone = open_notebook("seul")
    alone.write("x")
    (operation,) = alone.journal.outbox()
    assert (operation.signature, operation.device) == ("", "")


@pytest.mark.parametrize("column", ["audience", "device", "signature", "offset_ms"])
def test_what_was_signed_and_altered_on_the_disk_is_found(notebook: Notebook, column: str) -> None:
    notebook.write("feu")
    assert notebook.journal.verify() is None
    with notebook.store.write() as connection:
        connection.execute(f"UPDATE operation SET {column} = {column} || '1'")
    broken = notebook.journal.verify()
    assert broken is not None
    assert broken.why == "altered"


def test_the_correction_of_the_clock_is_signed_and_kept(
    notebook: Notebook, clock: HeldClock
) -> None:
    clock.offset_ms = 5_000
    notebook.write("feu")
    (operation,) = notebook.journal.outbox()
    assert operation.made_at - operation.offset == clock.at
