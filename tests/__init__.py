"""Beffroi's own tests (a dependency of the tests installs a package called `tests` too)."""
