"""Moments: the posts of claimed people that moved most people."""
