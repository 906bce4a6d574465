"""What a page of the feed costs: in units of DynamoDB, requests, and this process's own time, by how many one follows.

The table is a stand-in that answers what the feed asks for people of whom each posts as often as any other; beside it
stands what feeds would cost that are written to when somebody posts.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any
from uuid import UUID

import pytest
from infra.cost import PRICES
from tests.benchmarks._network import answered
from tests.dynamodb import read_units, size

from gallery import rows, settings, table

READER = str(UUID(int=2**100))
PAGE = 24
ROUNDS = 5
"""How often a page is topped up, as in posts.listing."""
AT_ONCE = 8
MILLISECONDS = 4
"""What a request to DynamoDB takes from within its region, as AWS says: “single-digit”."""
NEWEST = 10**20
"""Number of the newest post; older ones have smaller ones."""

FOLLOWED = [(10, 1000), (100, 10_000), (1000, 10_000), (10_000, 100_000), (10_000, 1_000_000), (1_000_000, 2_000_000)]
"""How many people somebody follows, and among how many."""


@dataclass
class Table:
    """Everybody's posts, each by the next of `people`, of whom the reader follows `followed`, evenly spread."""

    followed: int
    people: int
    asked: Counter[str] = field(default_factory=Counter)
    units: float = 0

    def answer(self, request: Any, **_: Any) -> Any:  # noqa: ANN401 - botocore's hook
        operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
        said = json.loads(request.body)
        self.asked[operation] += 1
        body = self._query(said) if operation == "Query" else self._batch(said)
        return answered(request.url, json.dumps(body).encode())

    def _query(self, said: Any) -> Any:  # noqa: ANN401 - DynamoDB's own JSON
        partition, limit = said["ExpressionAttributeValues"][":pk"]["S"], said["Limit"]
        after = said.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
        found = [row for row, _ in zip(self._rows(partition, after), range(limit), strict=False)]
        self.units += read_units(sum(map(size, found)))
        more = {"LastEvaluatedKey": {name: found[-1][name] for name in ("pk", "sk")}} if len(found) == limit else {}
        return {"Items": found, "Count": len(found), **more}

    def _rows(self, partition: str, after: str | None) -> Iterator[rows.Row]:
        if partition.startswith("FOLLOWING#"):
            for number in range(self.followed):
                yield rows.key(partition, self._person(number * self._step)) | {
                    "since": {"S": "2026-05-04T09:30:00.000Z"}
                }
            return
        last = int(after) if after else NEWEST + 1
        author = None if partition == "POSTS" else UUID(partition.partition("#")[2]).int
        first, step = (last - 1, 1) if author is None else (last - 1 - (last - 1 - author) % self.people, self.people)
        for number in range(first, 0, -step):
            yield rows.key(partition, f"{number:026}") | {"author": {"S": self._person(number % self.people)}}

    def _batch(self, said: Any) -> Any:  # noqa: ANN401 - DynamoDB's own JSON
        ((name, wanted),) = said["RequestItems"].items()
        self.units += 0.5 * len(wanted["Keys"])
        return {"Responses": {name: list(filter(None, map(self._row, wanted["Keys"])))}, "UnprocessedKeys": {}}

    def _row(self, key: rows.Row) -> rows.Row | None:
        if key["pk"]["S"].startswith("FOLLOWING#"):
            return key if UUID(key["sk"]["S"]).int % self._step == 0 else None
        number = key["pk"]["S"].partition("#")[2]
        texts = {"id": number, "image_id": number, "author": self._person(int(number) % self.people), "text": "x" * 50}
        return key | {name: {"S": text} for name, text in (texts | {"created_at": "2026-05-04T09:30:00.000Z"}).items()}

    @property
    def _step(self) -> int:
        return self.people // self.followed

    @staticmethod
    def _person(number: int) -> str:
        return str(UUID(int=number))


def page(known: Table) -> int:
    """Read one page as posts.listing does, but for pictures and authors; return how many posts it has."""
    from posts.feed import feed_of  # noqa: PLC0415 - after the environment is set

    source, found, after = feed_of(READER), 0, None
    for _ in range(ROUNDS):
        read, after = source(PAGE + 1 - found, after)
        found += len(read)
        if after is None or found > PAGE:
            break
    assert known.units
    return min(found, PAGE)


def measure(followed: int, people: int) -> None:
    """Print what a page costs somebody who follows so many of so many people."""
    known = Table(followed, people)
    events: Any = table.client().meta.events  # whose hooks may answer, though the stubs say not
    events.register_first("before-send.dynamodb.*", known.answer, unique_id="feed")
    page(known)
    known.asked.clear()
    known.units = 0
    began = time.process_time()
    posts = page(known)
    own = 1000 * (time.process_time() - began)
    events.unregister("before-send.dynamodb.*", unique_id="feed")
    requests = known.asked.total()
    waits = ceil(followed / AT_ONCE) + 2 if followed <= 100 else requests
    sys.stdout.write(
        f"{followed:>9,} {people:>9,} {posts:>6} {requests:>9} {known.units:>7.1f} {own:>6.0f}"
        f" {waits * MILLISECONDS:>8} {1e6 * known.units * PRICES['read_unit']:>10.2f}\n"
    )


def print_written() -> None:
    """Print what it would cost to write each post to the feeds of its author's followers."""
    sys.stdout.write("\nwritten to when somebody posts: a write unit for each follower, a page for 1.5 read units\n")
    for followers in (10, 10_000, 1_000_000):
        seconds = followers / 25 / AT_ONCE * MILLISECONDS / 1000
        dollars = followers * PRICES["write_unit"]
        sys.stdout.write(
            f"{followers:>9,} followers: ${dollars:.6f} and {seconds:,.1f} s for a post, the same to remove it\n"
        )


def main() -> None:
    """Print all of it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TABLE_NAME", "MEDIA_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "bench")
        patch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        settings.settings.cache_clear()
        table.client.cache_clear()
        sys.stdout.write(
            f"{'follows':>9} {'of':>9} {'posts':>6} {'requests':>9} {'units':>7} {'own ms':>6} {'waits ms':>8}"
            f" {'$ / million':>10}\n"
        )
        for followed, people in FOLLOWED:
            measure(followed, people)
    print_written()


if __name__ == "__main__":
    main()
