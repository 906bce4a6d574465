"""The Lambda behind the schedule."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery.captioning import pausing, recaptions, spending
from sweep.sweeping import look, sweep

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Sweep once, as far as the time allows; the next run goes on where this one stops.

    An event with `look`, which comes every few minutes, asks for nothing but what can't wait so long; with one with
    `everything` no rule rests.
    """
    spending.stop_if_too_many()
    if event.get("look"):
        done = look()
        metrics.add_metric("TakenDown", MetricUnit.Count, done["taken_down"])
        return done
    done = sweep(context.get_remaining_time_in_millis, everything=bool(event.get("everything")))
    metrics.add_metric("Reminded", MetricUnit.Count, done["reminded"])
    # In case whoever paused or resumed captioning died before it was done.
    pausing.enforce()
    recaptions.resume_if_stalled()
    logger.info("swept", extra=done)
    return done
