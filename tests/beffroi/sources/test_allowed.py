"""A source can be asked of the public network, and of what an administrator named; of nothing else."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.plugin import Door, Unreachable
from beffroi.plugin.allowed import Allowed, is_public

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "::127.0.0.1", "2001:db8::1", "192.0.2.1", "198.18.0.1", "fec0::1", "feff::1", "3fff::1",
    "64:ff9b:1::7f00:1", "2001:0:0:0:0:0:80ff:fffe", "fd00:ec2::254",
]  # fmt: skip
HIDDEN = [
    "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "[::1]", "localhost.",
]  # fmt: skip


@pytest.mark.parametrize("told", INSIDE)
def test_machines_behind_the_wall_are_not_public(told: str):
    assert not is_public(ip_address(told))
    assert not Allowed().reaches(ip_address(told))


@pytest.mark.parametrize("told", ["8.8.8.8", "2.2.2.2", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_the_public_network_is(told: str):
    assert is_public(ip_address(told))


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_form_of_a_private_address_is_ever_public(inner: IPv4Address):
    number = int(inner)
    forms = [
        inner, IPv6Address((0xFFFF << 32) | number), IPv6Address(number),
        IPv6Address((0x64FF9B << 96) | number), IPv6Address((0x2002 << 112) | (number << 80)),
    ]  # fmt: skip
    assert not any(is_public(form) for form in forms)


@pytest.mark.parametrize("host", HIDDEN)
def test_this_machine_is_refused_under_any_name(host: str):
    with pytest.raises(Unreachable, match=r"administrateur|introuvable"):
        asyncio.run(Door().addresses(host.strip("[]"), 80))


@pytest.mark.parametrize(
    ("entries", "host"),
    [(["127.0.0.0/8"], "127.0.0.1"), (["localhost"], "localhost"), (["127.0.0.1"], "2130706433")],
)
def test_what_the_administrator_names_may_be_asked(entries: list[str], host: str):
    assert "127.0.0.1" in asyncio.run(Door(Allowed(entries)).addresses(host, 80))


def test_a_domain_stands_for_its_machines_and_not_for_its_neighbours():
    allowed = Allowed([".rie.example", "sig.example"])
    assert allowed.names("carte.rie.example")
    assert allowed.names("SIG.example.")
    assert not allowed.names("rie.example.evil.test")
    assert not allowed.names("autrerie.example")


@pytest.mark.parametrize("entry", ["", "a b", "http://sig.example", "10.0.0.0/99", "*.example"])
def test_what_is_neither_machine_nor_network_is_refused(entry: str):
    with pytest.raises(BeffroiError, match="ni une machine ni un réseau"):
        Allowed([entry])


@pytest.mark.parametrize("told", ["0.0.0.0", "::", "::ffff:0.0.0.0"])
def test_all_of_this_machine_may_be_listened_at_when_listed_and_is_never_asked(told: str):
    allowed = Allowed([told, "0.0.0.0/0", "::/0"])
    assert allowed.lists(ip_address(told))
    assert not allowed.reaches(ip_address(told))
    Door(allowed).listen(told)


@pytest.mark.parametrize("told", ["127.0.0.1", "::1", "239.2.3.1", "ff02::1"])
def test_a_desk_hears_itself_and_groups_a_hub_hears_nobody(told: str):
    Door().listen(told)
    with pytest.raises(Unreachable, match="administrateur"):
        Door(files=False).listen(told)
    Door(Allowed([told]), files=False).listen(told)


@pytest.mark.parametrize("told", ["0.0.0.0", "::", "192.168.1.4", "8.8.8.8", "::ffff:10.0.0.1"])
def test_nobody_else_may_call_a_desk_unless_the_administrator_says_so(told: str):
    with pytest.raises(Unreachable, match=r"écoutez 127\.0\.0\.1"):
        Door().listen(told)


def test_a_name_that_changes_its_answer_gains_nothing(monkeypatch: pytest.MonkeyPatch):
    """DNS rebinding: the address that was checked is the one that is asked."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    async def resolved(_host: str, _port: int) -> list[str]:
        return next(answers)

    connected = list[str]()

    async def open_connection(host: str, *_args: object, **_kw: object) -> object:
        connected.append(host)
        raise ConnectionRefusedError

    monkeypatch.setattr("beffroi.plugin.door._resolved", resolved)
    monkeypatch.setattr(asyncio, "open_connection", open_connection)
    with pytest.raises(Unreachable):
        asyncio.run(Door().connect("rebinding.example", 80))
    assert connected == ["93.184.216.34"]
