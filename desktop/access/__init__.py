"""Getting in: which profile, who, with what secret, at which post; and the lock of the desk."""
