"""Look at two pictures together."""
