"""Makes a profile: its key, its keyring, its first rows, and its tie to a hub when it has one."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import tomli_w

from beffroi.access import Account, Accounts, Keyring
from beffroi.access.keyring import Cost, new_key
from beffroi.clock import Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.profile import upstream
from beffroi.profile.folder import made_whole
from beffroi.profile.info import (
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
    ProfileInfo,
    is_profile,
    sealed_info,
)
from beffroi.profile.upstream import Joining
from beffroi.store import Settings, Store
from beffroi.text import _


def create_profile(
    folder: Path,
    info: ProfileInfo,
    accounts: Sequence[tuple[Account, str]],
    clock: Clock,
    *,
    cost: Cost | None = None,
    joining: Joining | None = None,
) -> None:
    """Make a profile that each of `accounts` opens with its own secret.

    `cost` is the price of one guess at a secret; keep the default outside tests.  With `joining`,
    the profile follows a hub: its entries get provisional numbers, its operations are signed.

    Raises:
        BeffroiError: the folder is already a profile or cannot be written, no account was given,
            or a secret is too short.
    """
    if is_profile(folder):
        raise BeffroiError(
            _("Le dossier {folder} contient déjà un profil : choisissez-en un autre.").format(
                folder=folder
            )
        )
    if not accounts:
        raise BeffroiError(_("Un profil a besoin d’au moins un compte : ajoutez-en un."))
    with made_whole(folder) as workshop:
        key = new_key()
        keyring = Keyring(workshop / KEYRING_FILE, clock)
        for account, secret in accounts:
            keyring.add(account.name, secret, key, cost=cost)
        if joining is not None:
            keyring.add_hub(joining.unlock, key)
        _first_rows(workshop, key, info, [account for account, _secret in accounts], clock, joining)
        (workshop / INFO_FILE).write_text(tomli_w.dumps(msgspec.to_builtins(info)), "utf-8")


def _first_rows(
    folder: Path,
    key: bytes,
    info: ProfileInfo,
    accounts: Sequence[Account],
    clock: Clock,
    joining: Joining | None,
) -> None:
    store = Store(folder / STORE_FILE, key)
    try:
        settings = Settings(store)
        with store.write() as connection:
            prefix = f"{info.journal}-{to_datetime(clock.now()).year}"
            if joining is not None:
                prefix = joining.link.prefix or prefix
                upstream.join(settings, joining)
            connection.execute(
                "INSERT INTO logbook (code, title, prefix, last_number) VALUES (?,?,?,0)",
                (info.journal, info.title, prefix),
            )
            for account in accounts:
                Accounts(store).put(account)
            sealed_info(settings, info)
    finally:
        store.close()
