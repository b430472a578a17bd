"""Rights: every role of the domain dossier (6.4) does what it says, and no more."""

import pytest

from beffroi.access.buckets import Bucket
from beffroi.access.rights import Grant, check_grant, in_force, may, needed, sees
from beffroi.access.roles import ADMINS, ROLES, check_together, role
from beffroi.errors import BeffroiError
from beffroi.logbook import operations
from beffroi.sync.wire import Rights

ROOM = Bucket("jop-2024", "DR")
SDIS = Bucket("jop-2024", "DR", ("ORG:SDIS 17",))
ENEDIS = Bucket("jop-2024", "DR", ("ORG:Enedis",))
KINDS = [value for name, value in vars(operations).items() if name.isupper()]

MATRIX = {
    #  role             sees room  SDIS   Enedis  create correct own/any  qualify arbitrate lower
    "authority":        (True,  True,  True,  False, False, False, False, False, False),
    "liaison":          (True,  True,  False, True,  True,  False, False, False, False),
    "writer":           (True,  True,  True,  True,  True,  True,  False, False, False),
    "qualifier":        (True,  True,  True,  True,  True,  True,  True,  True,  False),
    "cartographer":     (True,  True,  True,  True,  True,  False, False, False, False),
    "sitrep_writer":    (True,  True,  True,  True,  True,  False, False, True,  False),
    "room_chief":       (True,  True,  True,  True,  True,  True,  True,  True,  True),
    "staff_chief":      (True,  True,  True,  True,  True,  True,  True,  True,  True),
    "planner":          (False, False, False, False, False, False, False, False, False),
    "media_watch":      (True,  True,  True,  True,  True,  False, False, False, False),
    "dpo":              (True,  True,  True,  False, False, False, False, False, False),
    "security":         (True,  True,  True,  False, False, False, False, False, False),
    "functional_admin": (False, False, False, False, False, False, False, False, False),
    "technical_admin":  (False, False, False, False, False, False, False, False, False),
    "exercise_lead":    (True,  True,  True,  True,  True,  True,  True,  True,  False),
    "partner":          (True,  True,  False, False, False, False, False, False, False),
}  # fmt: skip


@pytest.mark.parametrize("code", ROLES)
def test_each_role_does_what_it_says_and_no_more(code: str) -> None:
    held = in_force([Grant(account="a", workspace="jop-2024", role=code)], "SDIS 17", 1)
    assert (
        sees(held, ROOM),
        sees(held, SDIS),
        sees(held, ENEDIS),
        may(held, "create", "entry", ROOM),
        may(held, "correct", "entry", ROOM, own=True),
        may(held, "correct", "entry", ROOM),
        may(held, "qualify", "entry", ROOM),
        may(held, "arbitrate", "figure", ROOM),
        may(held, "lower", "marking", ROOM),
    ) == MATRIX[code]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_operation_needs_a_right_that_some_role_has(kind: str) -> None:
    asked = needed(kind)
    assert asked is not None
    chief = in_force([Grant(account="a", workspace="jop-2024", role="room_chief")], "", 1)
    assert may(chief, *asked, ROOM)


def test_nobody_may_do_what_no_one_knows() -> None:
    assert needed("entry.explode") is None


@pytest.mark.parametrize("code", ROLES)
def test_no_role_reaches_another_workspace_or_a_higher_marking(code: str) -> None:
    held = in_force([Grant(account="a", workspace="jop-2024", role=code)], "SDIS 17", 1)
    for where in (Bucket("pref-17", "NP"), Bucket("jop-2024", "DR_SF"), Bucket("jop-2024", "NP", ("MEDICAL",))):  # fmt: skip
        for action, what in {needed(kind) or ("", "") for kind in KINDS} | {("read", "entry")}:
            assert not may(held, action, what, where, own=True)


def test_only_the_security_officer_reads_the_trail_and_no_admin_does() -> None:
    assert [code for code, role in ROLES.items() if "read:audit" in role.words] == ["security"]
    assert all(not ROLES[code].content for code in ADMINS)


@pytest.mark.parametrize(
    "codes", [{"security", "functional_admin"}, {"security", "technical_admin", "writer"}, {"dpo", "media_watch"},
              {"security", "writer"}, {"functional_admin", "room_chief"}],
)  # fmt: skip
def test_incompatible_roles_are_never_held_together(codes: set[str]) -> None:
    with pytest.raises(BeffroiError, match="cumulent"):
        check_together(codes)


def test_the_two_administrations_may_be_one_person() -> None:
    check_together({"functional_admin", "technical_admin"})


def test_a_right_of_a_shift_ends_after_its_grace() -> None:
    grant = Grant(account="a", workspace="jop-2024", role="writer", not_before=100, not_after=200, grace=50)  # fmt: skip
    assert [bool(in_force([grant], "", now)) for now in (99, 100, 249, 250)] == [False, True, True, False]  # fmt: skip
    (held,) = in_force([grant], "", 100)
    assert held.until == 250
    assert may([held], "create", "entry", ROOM, now=249)
    assert not may([held], "create", "entry", ROOM, now=250)


def test_the_desktop_mirrors_rights_as_the_wire_says_them() -> None:
    told = Rights(workspace="jop-2024", role="liaison", actions=["read:entry", "correct:entry:own"])
    assert may([told], "correct", "entry", ROOM, own=True)
    assert not may([told], "correct", "entry", ROOM)


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        (Grant(account="a", workspace="*", role="writer"), "espace précis"),
        (Grant(account="a", workspace="jop", role="partner", marking="DR"), "convention"),
        (Grant(account="a", workspace="jop", role="emperor"), "n’existe pas"),
        (Grant(account="a", workspace="jop", role="writer", marking="SECRET"), "mention"),
        (Grant(account="a", workspace="jop", role="writer", caveats=("medical",)), "restriction"),
        (Grant(account="a", workspace="jop", role="writer", not_before=9, not_after=9), "avant de"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_with_the_remedy(grant: Grant, why: str) -> None:
    with pytest.raises(BeffroiError, match=why):
        check_grant(grant)


def test_a_partner_with_a_convention_may_see_higher() -> None:
    check_grant(
        Grant(account="a", workspace="jop", role="partner", marking="DR", convention="C-12")
    )


def test_accounts_of_profiles_made_before_the_hub_keep_their_rights() -> None:
    assert (role("contributor").writes, role("contributor").exports) == (True, True)
    assert (role("reader").writes, role("reader").exports) == (False, True)
    assert (role("supervisor").writes, role("supervisor").exports) == (True, True)
    assert (role("security").writes, role("security").exports) == (False, False)
