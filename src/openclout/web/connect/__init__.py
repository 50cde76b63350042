"""Connecting: a member shows that an account is theirs, by signing in there or without."""
