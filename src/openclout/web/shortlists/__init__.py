"""Shortlists of organisers: people with notes and posts beside each number."""
