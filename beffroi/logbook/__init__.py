"""The main courante: entries and what hangs from them; writing, reading, searching."""
