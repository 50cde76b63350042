"""The first page: what this is, search, movers, topics."""
