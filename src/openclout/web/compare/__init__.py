"""Comparing people: side by side, part by part, and whether a difference means anything."""
