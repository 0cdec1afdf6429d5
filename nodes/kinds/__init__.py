"""What travels between nodes: images, masks, and how each is stored and shown."""
