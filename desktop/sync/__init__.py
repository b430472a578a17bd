"""Working with a hub and without it: the link, the others, what waits, what is to be settled."""
