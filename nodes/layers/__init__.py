"""Lay one picture over another."""
