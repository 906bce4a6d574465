"""The Lambda behind the spending topic: what is published there stops captioning until an admin lets it go on.

So does the sweeper, which calls it with the reason where an hour or a day had too many tries.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from brake.alarm import reason_to_stop
from brake.switching import apply_pause
from gallery.captioning import pausing

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, bool]:
    """Pause where a message of the topic or the sweeper says so, and do what is noted; repeating it changes nothing."""
    if reason := event.get("stop"):
        pausing.begin(reason)
    for record in event.get("Records", ()):
        message = record["Sns"]["Message"]
        logger.warning("spending topic", extra={"message_of_topic": message})
        if reason := reason_to_stop(message):
            pausing.begin(reason)
    going = apply_pause()
    logger.info("pictures are taken from the queues" if going else "pictures wait")
    return {"going": going}
