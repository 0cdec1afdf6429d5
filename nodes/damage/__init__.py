"""Nodes that make photos look old."""
