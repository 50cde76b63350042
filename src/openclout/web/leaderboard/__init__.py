"""Leaderboards: who moves most people, of those who claimed their page."""
