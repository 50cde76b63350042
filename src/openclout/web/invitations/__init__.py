"""Invitations by link, and the badge that says member or invite."""
