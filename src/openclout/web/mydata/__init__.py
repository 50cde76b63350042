"""My data: what is stored of a member and where from, and everything that they can do about it."""
