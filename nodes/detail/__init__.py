"""Sharpen and soften."""
