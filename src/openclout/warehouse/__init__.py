"""The tables: the only room that speaks to an engine."""
