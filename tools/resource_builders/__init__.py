"""Builders of the data files that Beffroi ships, one module per family of layers."""
