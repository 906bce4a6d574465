"""What a message on the spending topic says: an alarm's change of state, or anything else that can publish."""

import json
from collections.abc import Mapping
from typing import Any

UNKNOWN = "The limit that the owner has set on spending was reached."
"""For messages that are no alarm's, such as a budget's: what they say is not for everybody."""


def reason_to_stop(message: str) -> str | None:
    """Return, in words fit for everybody, why spending has to stop; None where an alarm is over or knows nothing."""
    alarm = _alarm(message)
    if "NewStateValue" not in alarm:
        return UNKNOWN
    return str(alarm.get("AlarmDescription") or UNKNOWN) if alarm["NewStateValue"] == "ALARM" else None


def is_of_a_count(message: str) -> bool:
    """Tell whether a message is an alarm's on how many pictures were captioned, which a planned import may pass."""
    return "NewStateValue" in _alarm(message)


def _alarm(message: str) -> Mapping[str, Any]:
    try:
        alarm = json.loads(message)
    except ValueError:
        return {}
    return alarm if isinstance(alarm, dict) else {}
