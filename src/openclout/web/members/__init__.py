"""Members: people who signed up on this site."""
