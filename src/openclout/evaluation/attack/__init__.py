"""Attack: every way known to us to buy a score, tried on a copy of real data."""
