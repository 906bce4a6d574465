"""Vectors nearest to one: by the table's vector index, or by reading a list where there is no such index.

The index knows all vectors of an audience, and answers at most a hundred. A list is read from its newest vector on, as
many as the index would answer, and compared here. What comes back is a place in a list; whether its picture still
belongs there, and who may see it, is asked of the picture's row, as with any posting.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import numpy as np

from gallery.aws import table
from gallery.aws.errors import code_of, service_error
from gallery.pictures import rows
from gallery.pictures.vectors import AUDIENCE, INDEX, VECTOR, Posting
from gallery.settings import settings
from search.encoder import Vector

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

MOST = 100
"""Vectors that are answered at most, which is also as many as DynamoDB answers."""

_UNREADY = ("does not have the specified index", "backfilling vector index")
"""What DynamoDB says while an index is being made or filled, and for a while after it is said to be active."""
_REST_SECONDS = 60
"""How long lists are read once the index was not ready."""
_resting: dict[str, float] = {"until": 0.0}


@dataclass(frozen=True, slots=True)
class Near:
    """A posting that holds a vector, the cosine between that and the one asked for, and a sentence's text."""

    posting: Posting
    cosine: float
    text: str

    @property
    def image_id(self) -> str:
        """The picture that the posting is about."""
        return rows.id_in(self.posting[1])


def nearest(vector: Vector, partition: str) -> Sequence[Near]:
    """Return the postings of a partition whose vectors are nearest to one of length one, the nearest first."""
    if settings().vector_index and time.monotonic() >= _resting["until"]:
        try:
            return _by_index(vector, partition)
        except service_error() as error:
            if not _is_unready(error):
                raise
            _resting["until"] = time.monotonic() + _REST_SECONDS
    return _by_list(vector, partition)


def _by_index(vector: Vector, partition: str) -> Sequence[Near]:
    results = table.nearest(INDEX, vector.tolist(), {AUDIENCE: partition}, MOST)
    return [_near(row, 1 - distance) for row, distance in results]


def _by_list(vector: Vector, partition: str) -> Sequence[Near]:
    newest, _ = table.query(
        KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": partition},
        ScanIndexForward=False, Limit=MOST,
    )  # fmt: skip
    there = [row for row in newest if VECTOR in row]
    cosines = np.array([row[VECTOR] for row in there], np.float32).reshape(len(there), -1) @ vector if there else ()
    ranked = sorted(zip(cosines, there, strict=True), key=lambda pair: -pair[0])
    return [_near(row, float(cosine)) for cosine, row in ranked]


def _near(row: dict[str, Any], cosine: float) -> Near:
    return Near((row["pk"], row["sk"]), cosine, row.get("text", ""))


def _is_unready(error: "ClientError") -> bool:
    """Tell whether there is no index that could be searched (yet), here or in this region at all."""
    message = str(error.response["Error"].get("Message", ""))
    unknown = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.NOT_IMPLEMENTED
    return unknown or code_of(error) == "UnknownOperationException" or any(sign in message for sign in _UNREADY)
