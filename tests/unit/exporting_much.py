"""Gathers more originals than its memory is to hold, without writing a file: how much memory that took, as JSON.

A process of its own, `python -m tests.unit.exporting_much`, against a cloud at AWS_ENDPOINT_URL, since what it measures
is the process.
"""

import json
import resource
import sys
from dataclasses import replace
from typing import Any

import boto3
from tests.unit.pictures import CONTENT, ticket

from gallery import limits
from gallery.aws import table
from gallery.jobs import exports
from gallery.people import people
from gallery.pictures import catalogue, storage
from gallery.pictures.access import Caller
from gallery.settings import settings
from people.originals import Job, make

ORIGINALS, BYTES = 30, 4_000_000
PER_FILE = 50_000_000


def prepare() -> None:
    keys: Any = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    schema: Any = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    boto3.client("dynamodb").create_table(
        TableName=settings().table_name, AttributeDefinitions=keys, KeySchema=schema, BillingMode="PAY_PER_REQUEST"
    )
    location: Any = {"LocationConstraint": "eu-central-1"}
    storage.client().create_bucket(Bucket=settings().media_bucket, CreateBucketConfiguration=location)
    people.get_or_create_person(Caller("anna"))
    body = bytes(range(250)) * (BYTES // 250)
    for number in range(ORIGINALS):
        picture = ticket(owner="anna", filename=f"{number}.jpg")
        catalogue.change(picture, replace(picture, status="pending", content=CONTENT))
        storage.client().put_object(Bucket=settings().media_bucket, Key=storage.original_key(picture.id), Body=body)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    prepare()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # what is printed goes into a pipe
    limits.EXPORT_BYTES = PER_FILE
    job = Job("anna", "test")
    exports.begin(job.export)
    before = peak()
    ended = make(job, lambda: 900_000)
    row = table.get(people.originals_key("anna")) or {}
    measured = {
        "originals": ORIGINALS * BYTES,
        "ended": ended,
        "parts": [part["bytes"] for part in row["progress"]["parts"]],
        "grown": peak() - before,
    }
    print(json.dumps(measured))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
