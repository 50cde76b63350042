"""Asking addresses that users gave: only what everybody can reach, never this machine's own net."""
