"""The operator's desk: runs, sources, queues, moderation, switches, and a log of all of it."""
