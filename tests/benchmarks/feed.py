"""What a page of the feed costs: in units of DynamoDB, requests, and this process's own time, by how many one follows.

The table is a stand-in that answers what the feed asks for people of whom each posts as often as any other; beside it
stands what feeds would cost that are written to when somebody posts.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

import pytest
from infra.tools.cost import PRICES
from tests.benchmarks._table import Ranked, Reckoned, Table

from gallery import settings
from gallery.aws import table
from gallery.posts import posts

READER = str(UUID(int=2**100))
PAGE = 24
ROUNDS = 5
"""How often a page is topped up, as in posts.listing."""
AT_ONCE = 8
MILLISECONDS = 4
"""What a request to DynamoDB takes from within its region, as AWS says: “single-digit”."""
NEWEST = 10**18
"""How many posts there are; older ones have smaller numbers."""
AT = "2026-05-04T09:30:00.000Z"
SINCE = {"since": AT}

FOLLOWED = [(10, 1000), (100, 10_000), (1000, 10_000), (10_000, 100_000), (10_000, 1_000_000), (1_000_000, 2_000_000)]
"""How many people somebody follows, and among how many."""


@dataclass(frozen=True)
class Posts:
    """Everybody's posts, each by the next of `people`, of whom the reader follows `followed`, evenly spread."""

    followed: int
    people: int

    def keys(self, partition: str) -> Sequence[str]:
        if partition.startswith("FOLLOWING#"):
            return Reckoned(self.followed, lambda place: self._person(place * self._step))
        if partition == posts.POSTS:
            return Reckoned(NEWEST, "{:026}".format)
        author = UUID(partition.partition("#")[2]).int
        return Reckoned(NEWEST // self.people, lambda place: f"{author + place * self.people:026}")

    def ranking(self, name: str) -> Sequence[Ranked]:
        raise AssertionError(f"the feed has no reason to read the ranking {name}")

    def row(self, pk: str, sk: str) -> table.Row | None:
        match pk.partition("#")[0]:
            case "FOLLOWING":
                return table.key(pk, sk) | SINCE if UUID(sk).int % self._step == 0 else None
            case "POST":
                return posts.to_row(self._post(int(pk.partition("#")[2])))
        return table.key(pk, sk) | {"author": self._person(int(sk) % self.people)}

    def _post(self, number: int) -> posts.Post:
        text = f"{number:026}"
        return posts.Post(
            id=text, image_id=text, author=self._person(number % self.people), text="x" * 50, created_at=AT
        )

    @property
    def _step(self) -> int:
        return self.people // self.followed

    @staticmethod
    def _person(number: int) -> str:
        return str(UUID(int=number))


def page() -> int:
    """Read one page as posts.listing does, but for pictures and authors; return how many posts it has."""
    from posts.feed import feed_of  # noqa: PLC0415 - after the environment is set

    source, found, after = feed_of(READER), 0, None
    for _ in range(ROUNDS):
        read, after = source(PAGE + 1 - found, after)
        found += len(read)
        if after is None or found > PAGE:
            break
    return min(found, PAGE)


def measure(followed: int, people: int) -> None:
    """Print what a page costs somebody who follows so many of so many people."""
    known = Table(Posts(followed, people))
    known.stand_in()
    page()
    known.readings.clear()
    known.answers.clear()
    began = time.process_time()
    found = page()
    own = 1000 * (time.process_time() - began)
    known.stand_aside()
    requests = len(known.readings)
    waits = ceil(followed / AT_ONCE) + 2 if followed <= 100 else requests
    sys.stdout.write(
        f"{followed:>9,} {people:>9,} {found:>6} {requests:>9} {known.units:>7.1f} {own:>6.0f}"
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
