"""The demo profile « JOP Paris 2024 »: ten invented but plausible days around real places."""

from beffroi.demo.build import DEMO_ACCOUNT, DEMO_PASSPHRASE, SEED, make_demo
from beffroi.demo.days import MAX_DAYS

__all__ = ["DEMO_ACCOUNT", "DEMO_PASSPHRASE", "MAX_DAYS", "SEED", "make_demo"]
