"""Stopping, when an alarm says so, what costs money."""
