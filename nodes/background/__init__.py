"""The subject of a photo and what stands behind it."""
