"""Ready-made stores for new desktops: an encrypted file with all that a rights group sees."""
