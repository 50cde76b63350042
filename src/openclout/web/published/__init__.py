"""The published snapshot in the site's own database: what may be seen, ready to be read."""
