"""What is drawn on a photo by hand: the tools, and the shapes they leave."""
