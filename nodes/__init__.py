"""What can be done to a photograph: nodes/<family>/<node>.py, where the path is the node's id."""
