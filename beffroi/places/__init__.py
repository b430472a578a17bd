"""Where things are: coordinates in every notation, names of places, French territories."""
