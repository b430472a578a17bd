"""The hub: the node that many desktops share, with its HTTP surface."""
