"""The interface for programs, as all features share it: keys, errors, cursors, conditions."""
