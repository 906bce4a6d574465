"""Changing and deleting pictures and posts together with everything that depends on them."""
