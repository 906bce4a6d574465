"""What stands on the caption queue, and what of it is news of a picture."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gallery.captioning.events import arrivals, arrived_at, reminder

ULID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def notification(key: str, name: str = "ObjectCreated:Post") -> str:
    return json.dumps({"Records": [{"eventName": name, "s3": {"bucket": {"name": "b"}, "object": {"key": key}}}]})


def test_an_upload_is_news() -> None:
    assert arrivals(notification(f"originals/{ULID}")) == [ULID]
    assert arrivals(notification(f"originals%2F{ULID}", "ObjectCreated:CompleteMultipartUpload")) == [ULID]


def test_a_reminder_reads_like_news() -> None:
    assert arrivals(reminder(ULID)) == [ULID]


@pytest.mark.parametrize(
    "body",
    [
        notification(f"originals/{ULID}", "ObjectRemoved:Delete"),
        notification(f"media/{ULID}/1-small.jpg"),
        notification("originals/caf%C3%A9+%2B%25.jpg"),
        notification(f"originals/{ULID}/x"),
        json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"}),
        "not json",
        "[]",
        "null",
        '{"Records": null}',
        '{"Records": [7, null, {}, {"eventName": 3}, {"eventName": "ObjectCreated:Put", "s3": []}]}',
    ],
)
def test_all_else_says_nothing(body: Any) -> None:  # noqa: ANN401
    assert arrivals(body) == []


def test_news_says_when_the_original_arrived() -> None:
    event = json.loads(notification(f"originals/{ULID}"))
    event["Records"][0]["eventTime"] = "2026-11-21T15:04:05.678Z"
    assert arrived_at(json.dumps(event)) == datetime(2026, 11, 21, 15, 4, 5, 678_000, UTC)


@pytest.mark.parametrize("body", [reminder(ULID), "not json", '{"Records": []}', '{"Records": [{"eventTime": 7}]}'])
def test_what_does_not_say_when_is_not_guessed_at(body: str) -> None:
    assert arrived_at(body) is None
