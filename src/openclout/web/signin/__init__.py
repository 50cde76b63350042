"""Signing up and in: by e-mail, or by a network where the operator has set its keys (allauth)."""
