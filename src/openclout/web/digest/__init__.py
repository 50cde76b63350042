"""The digest: one's own score by e-mail once a week, for who asked for it; one click ends it."""
