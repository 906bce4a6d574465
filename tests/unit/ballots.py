"""Counting votes again by hand, and tables in which others get in between."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.unit.conftest import Gallery
from ulid import ULID

from feedback.casting import cast_votes
from feedback.voters import Voter
from gallery.aws import table

Row = dict[str, Any]


@dataclass
class Reconcile:
    """What the table says of one query: its votes, and the sums they should agree with."""

    votes: dict[str, tuple[int, str]] = field(default_factory=dict)
    ballots: Counter[str] = field(default_factory=Counter)
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)
    days: dict[str, tuple[int, int]] = field(default_factory=dict)
    query: Row | None = None

    def check(self) -> None:
        """Fail unless every sum is what one gets by counting votes."""
        assert self.pictures == self._counted(lambda place, _: place.partition("#")[0])
        assert self.days == self._counted(lambda _, date: date)
        assert sum(self.ballots.values()) == len(self.votes)
        assert (self.query["rank"] if self.query else 0) == len(self.votes)

    def _counted(self, by: Callable[[str, str], str]) -> dict[str, tuple[int, int]]:
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for place, (vote, date) in self.votes.items():
            found[by(place, date)][vote < 0] += 1
        return {name: (right, wrong) for name, (right, wrong) in found.items()}


def reconcile(gallery: Gallery, key: str) -> Reconcile:
    """Read everything that the table says of a normalised query, sums of nothing left out."""
    found = Reconcile()
    for row in gallery.rows():
        match row["pk"], row["sk"].split("#"):
            case partition, ["BALLOT", mark] if partition == f"VOTES#{key}":
                found.ballots[mark] = row["pictures"]
            case partition, _ if partition == f"VOTES#{key}":
                found.votes[row["sk"]] = (row["vote"], row["date"])
            case partition, [kind, name] if partition == f"FEEDBACK#{key}":
                sums = (row["positive"], row["negative"])
                if sums != (0, 0):
                    (found.pictures if kind == "IMAGE" else found.days)[name] = sums
            case "QUERIES", _ if row["sk"] == key:
                found.query = row
    return found


@contextmanager
def before_transactions(happens: Callable[[], str | None]) -> Iterator[None]:
    """Let something happen before each transaction; a code that it returns calls the transaction off."""
    client = table.client()
    transact_write_items = client.transact_write_items

    def write(**request: Any) -> Any:  # noqa: ANN401 - the client's own
        if code := happens():
            raise called_off(code)
        return transact_write_items(**request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "transact_write_items", write)
        yield


def called_off(code: str) -> Exception:
    """Return the error by which DynamoDB calls a transaction off."""
    said: Any = {
        "Error": {"Code": "TransactionCanceledException", "Message": f"[None, {code}]"},
        "CancellationReasons": [{"Code": "None"}, {"Code": code}],
    }
    return ClientError(said, "TransactWriteItems")


def pictures(count: int) -> list[str]:
    return sorted(str(ULID()) for _ in range(count))


def voted(query: str, image_id: str, *, positive: int = 0, negative: int = 0) -> None:
    for number in range(positive + negative):
        cast_votes(query, {image_id: 1 if number < positive else -1}, Voter(f"account {number}"))
