"""Topics: what people move others about, and who moves most about it."""
