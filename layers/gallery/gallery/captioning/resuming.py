"""When captioning was last let go on: what was tried before counts no more. The kill switch loads no more than this."""

from dataclasses import dataclass

from gallery.aws import table

_KEY = table.key("PAUSE", "RESUMED")


@dataclass(frozen=True, slots=True)
class Resumption:
    """When captioning was last let go on: the hour (`2026-11-30T14`, UTC), and the tries that it had by then."""

    hour: str = ""
    tries: int = 0


def count_anew(hour: str, tries: int) -> None:
    """Note that what was tried before an hour, and so many tries of it, count no more."""
    table.store({**_KEY, "hour": hour, "tries": tries})


def resumption() -> Resumption:
    """Return the last one, or one before all tries where there was none."""
    row = table.get(_KEY)
    return Resumption(row["hour"], int(row["tries"])) if row else Resumption()
