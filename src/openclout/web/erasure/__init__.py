"""Erasure: somebody leaves, and is gone from ledger, database and snapshot (GDPR Art. 17, 21)."""
