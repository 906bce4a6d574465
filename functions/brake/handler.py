"""The Lambda behind the spending topic: what is published there stops captioning until an admin lets it go on.

So does the sweeper, which calls it with the reason where an hour or a day had too many tries.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from brake.alarm import is_of_a_count, reason_to_stop
from brake.switching import apply_pause
from gallery.captioning import allowance, pausing, resuming

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, bool]:
    """Pause where a message of the topic or the sweeper says so, and do what is noted; repeating it changes nothing.

    A planned import that may pass the limits is not stopped by them; what it had captioned counts no more afterwards.
    """
    if reason := event.get("stop"):
        if allowance.current():
            resuming.count_anew(event["hour"], event["tries"])
        else:
            pausing.begin(reason)
    for record in event.get("Records", ()):
        message = record["Sns"]["Message"]
        logger.warning("spending topic", extra={"message_of_topic": message})
        if (reason := reason_to_stop(message)) and not (is_of_a_count(message) and allowance.current()):
            pausing.begin(reason)
    going = apply_pause()
    logger.info("pictures are taken from the queues" if going else "pictures wait")
    return {"going": going}
