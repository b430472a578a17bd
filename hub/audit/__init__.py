"""The trail as a security officer reads it, and as stations hand theirs in."""
