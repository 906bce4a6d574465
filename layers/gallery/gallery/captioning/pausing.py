"""Whether the gallery spends money on looking at pictures, or an alarm or an admin has paused that.

One row says so (`PAUSE`, `CAPTIONING`). The brake function has the queues' event source mappings do what the row says;
whoever changes the row calls it, and the sweeper in case somebody died in between. Meanwhile pictures wait in their
queues, which costs nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from gallery.aws import table
from gallery.aws.calls import call
from gallery.problems import Problem
from gallery.settings import settings
from gallery.timestamps import now

LONGEST_REASON = 300

_KEY = table.key("PAUSE", "CAPTIONING")
_COME_AGAIN_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Pause:
    """Why no picture is looked at, in words fit for everybody, and since when (RFC 3339)."""

    reason: str
    since: str


def current() -> Pause | None:
    """Return the pause that there is at this moment."""
    row = table.get(_KEY)
    return Pause(row["reason"], row["since"]) if row else None


def begin(reason: str) -> None:
    """Note that nothing may be spent any more; where that is noted already, the first reason stays."""
    with suppress(table.Conflict):
        table.store(
            {**_KEY, "reason": reason[:LONGEST_REASON], "since": now()},
            ConditionExpression="attribute_not_exists(pk)",
        )


def end() -> None:
    """Note that pictures may be looked at again."""
    table.remove(_KEY)


def enforce() -> None:
    """Have the brake function do what is noted, some time soon."""
    call(settings().brake_function, {"settle": True})


def refuse_while_paused() -> None:
    """Raise the 503 for whoever wants a picture looked at while none is."""
    if pause := current():
        detail = f"No picture is looked at for the time being. {pause.reason}"
        headers = {"Retry-After": str(_COME_AGAIN_SECONDS)}
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers=headers)
