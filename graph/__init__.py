"""The engine: documents, nodes, keys and runs. It knows no picture, no network and no HTTP."""
