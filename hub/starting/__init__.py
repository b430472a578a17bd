"""How a hub begins: what it was asked, where, alone in its folder, with its first accounts."""
