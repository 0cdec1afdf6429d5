"""Faces: found, restored, marked."""
