"""Change where other nodes act."""
