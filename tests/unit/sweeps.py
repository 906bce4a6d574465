"""Time enough for a sweep."""


def plenty() -> int:
    """Return the milliseconds that are left to a sweep: more than it needs."""
    return 300_000
