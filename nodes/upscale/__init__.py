"""Change the size."""
