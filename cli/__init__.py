"""The command line: one module per thing it can be asked."""
