"""A desktop and its hub: what they say to each other, and how a node keeps up with its upstream."""
