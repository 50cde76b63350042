"""Proof that an account is somebody's: fetched where its person can write, behind a guard."""
