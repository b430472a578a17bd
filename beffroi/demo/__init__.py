"""The demo profile « JOP Paris 2024 »: ten invented but plausible days around real places."""

from beffroi.demo.build import DEMO_PASSPHRASE, make_demo

__all__ = ["DEMO_PASSPHRASE", "make_demo"]
