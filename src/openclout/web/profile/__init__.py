"""A claimed person's page: the score, how sure it is, and what it is made of."""
