"""Votes on search results, and reports of what should not be shown."""
