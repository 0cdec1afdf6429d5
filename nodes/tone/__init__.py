"""Brightness, contrast and colour cast."""
