"""Having the queues' event source mappings do what is noted."""

from gallery.aws.calls import client
from gallery.captioning import pausing, recaption_job
from gallery.settings import settings


def apply_pause() -> bool:
    """Stop or start taking pictures from the queues; tell whether new ones are being taken.

    Those to caption again are taken only while there is such a job. What is noted may change meanwhile; whoever comes
    last reads what was noted last. Raises ResourceInUseException while a mapping is still changing, so that Lambda
    calls again in a minute or two.
    """
    while True:
        going, again = _as_noted()
        for mapping in settings().spending_mappings:
            client().update_event_source_mapping(UUID=mapping, Enabled=going)
        if settings().recaption_mapping:
            client().update_event_source_mapping(UUID=settings().recaption_mapping, Enabled=again)
        if _as_noted() == (going, again):
            return going


def _as_noted() -> tuple[bool, bool]:
    """Return whether new pictures are to be taken, and whether those to caption again are."""
    going = pausing.current() is None
    return going, going and recaption_job.is_under_way()
