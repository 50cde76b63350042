"""Perks: what organisers offer to people whom others listen to about a topic."""
