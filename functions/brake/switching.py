"""Having the queues' event source mappings do what is noted."""

from gallery.aws.calls import client
from gallery.captioning import pausing
from gallery.settings import settings


def apply_pause() -> bool:
    """Stop or start taking pictures from the queues; tell whether they are being taken.

    What is noted may change meanwhile; whoever comes last reads what was noted last. Raises ResourceInUseException
    while a mapping is still changing, so that Lambda calls again in a minute or two.
    """
    while True:
        going = pausing.current() is None
        for each in settings().spending_mappings:
            client().update_event_source_mapping(UUID=each, Enabled=going)
        if (pausing.current() is None) == going:
            return going
