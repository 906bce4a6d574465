"""Keeping what the caption queue gave up on where an admin can see it."""
