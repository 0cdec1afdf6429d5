"""Colour where there is none."""
