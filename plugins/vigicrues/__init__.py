"""Vigicrues: the state of the watched stretches of rivers, twice a day and more in flood."""
