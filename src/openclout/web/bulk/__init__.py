"""Very much at once: look-ups by the thousand and the export of all who claimed their page."""
