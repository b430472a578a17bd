"""Beffroi: the domain of a crisis centre, without windows or web servers."""
