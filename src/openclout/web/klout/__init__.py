"""Klout's interface, version 2, as its clients knew it: same addresses, same JSON.

Remembered by how the old clients ask and what they read: PyPI `Klout` 0.1.3 and its like.
An id of Klout's is the number of a claim here, as text. Only claimed people are answered for.
"""
