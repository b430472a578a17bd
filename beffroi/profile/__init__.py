"""A profile is a folder: what it is called, its keyring, its encrypted store, its attachments."""

from beffroi.profile.erasing import Erased, erase_profile
from beffroi.profile.folder import copy_profile, made_whole
from beffroi.profile.info import (
    ATTACHMENTS_FOLDER,
    DESK_FILE,
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
    ProfileInfo,
    is_profile,
    read_info,
    sealed_info,
)
from beffroi.profile.making import create_profile
from beffroi.profile.upstream import Contact, HubLink, Joining, hub_link, is_joined, put_hub_link

__all__ = [
    "ATTACHMENTS_FOLDER", "DESK_FILE", "INFO_FILE", "KEYRING_FILE", "STORE_FILE", "Contact",
    "Erased", "HubLink", "Joining", "ProfileInfo", "copy_profile", "create_profile",
    "erase_profile", "hub_link", "is_joined", "is_profile", "made_whole", "put_hub_link",
    "read_info", "sealed_info",
]  # fmt: skip
