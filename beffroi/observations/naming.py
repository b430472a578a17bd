"""How the file is called, for those who copy or erase a profile without looking into it."""

OBSERVATIONS_FILE = "observations.db"
