"""Noise and grain."""
