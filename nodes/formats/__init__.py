"""Image files: one module per format, `read` and `write` above them."""
