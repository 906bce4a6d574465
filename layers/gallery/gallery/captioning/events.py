"""What is on the queues: S3's own notifications, the sweeper's reminders in the same form, and wishes for sentences."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from gallery.pictures.model import IMAGE_ID
from gallery.pictures.storage import INCOMING, ORIGINALS, original_key


def arrivals(body: str) -> list[str]:
    """Return the ids of the pictures whose bytes a message says have arrived, sent with a form or as originals.

    S3's test event, news of other keys and deletions, and whatever is no notification at all say nothing.
    """
    return [arrival for record in _records(body) if (arrival := _arrival(record)) is not None]


def arrived_at(body: str) -> datetime | None:
    """Return when S3 had received what a message is about; None where it does not say, as in a reminder."""
    try:
        return datetime.fromisoformat(_records(body)[0]["eventTime"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def reminder(image_id: str) -> str:
    """Return a message that says, like S3, that the original of a picture is there."""
    record = {"eventName": "ObjectCreated:Reminder", "s3": {"object": {"key": quote_plus(original_key(image_id))}}}
    return json.dumps({"Records": [record]})


def description_request(image_id: str) -> str:
    """Return the message that asks for a language model's sentence about a picture."""
    return json.dumps({"describe": image_id})


def description_requested(body: str) -> str | None:
    """Return the id of the picture that a message asks for a sentence about; None where it asks for none."""
    try:
        message = json.loads(body)
    except ValueError:
        return None
    image_id = message.get("describe") if isinstance(message, dict) else None
    return image_id if isinstance(image_id, str) and re.fullmatch(IMAGE_ID, image_id) else None


def _arrival(record: Any) -> str | None:  # noqa: ANN401 - whatever somebody put on the queue
    try:
        created = record["eventName"].startswith("ObjectCreated:")
        key = unquote_plus(record["s3"]["object"]["key"])
    except (AttributeError, KeyError, TypeError):
        return None
    prefix, slash, image_id = key.partition("/")
    arrived = created and prefix + slash in {INCOMING, ORIGINALS}
    return image_id if arrived and re.fullmatch(IMAGE_ID, image_id) else None


def _records(body: str) -> Sequence[Any]:
    try:
        message = json.loads(body)
    except ValueError:
        return ()
    records = message.get("Records") if isinstance(message, dict) else None
    return records if isinstance(records, list) else ()
