"""Pictures from words, and what is added to a checkpoint that makes them."""
