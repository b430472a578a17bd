"""A hundred sources of any format: recognised, read under guard, followed, judged."""
