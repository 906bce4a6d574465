"""Moments as the gallery stores and shows them."""

from datetime import UTC, datetime


def now() -> str:
    """Return the present moment as RFC 3339 UTC with milliseconds."""
    return timestamp(datetime.now(UTC))


def timestamp(moment: datetime) -> str:
    """Return a moment as RFC 3339 UTC with milliseconds, which also sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
