"""Webhooks: a program is told of new scores, signed, and again until it hears."""
