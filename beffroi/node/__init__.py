"""A node: one profile unlocked by one person, with every part of the domain built once."""

from beffroi.node.node import Node
from beffroi.node.opening import open_node, open_unlocked

__all__ = ["Node", "open_node", "open_unlocked"]
