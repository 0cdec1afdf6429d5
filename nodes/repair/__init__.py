"""Find damage and fill it."""
