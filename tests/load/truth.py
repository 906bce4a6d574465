"""What must be so in the end, looked up in the table and the bucket themselves: nothing lost, nothing doubled."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from tests.load.uploading import Arrived
from tests.local_cloud import LocalCloud

from gallery.aws import table
from gallery.aws.items import decode
from gallery.captioning import dead_letters
from gallery.pictures import rows, storage
from gallery.pictures.model import Picture

MOST_NAMED = 5


@dataclass(frozen=True)
class Check:
    """Something that must be so, and where it is not."""

    what: str
    wrong: Sequence[str]

    def __str__(self) -> str:
        named = ", ".join(self.wrong[:MOST_NAMED])
        return f"{len(self.wrong)} wrong, such as {named}" if self.wrong else "✓"


@dataclass(frozen=True)
class Truth:
    """Everything that is stored at one moment, and what should be."""

    arrived: Sequence[Arrived]
    rows: Sequence[table.Row]
    """All of the table."""
    keys: Set[str]
    """All of the media bucket."""
    listed: Sequence[str]
    """The ids that the gallery's list shows, page by page."""
    messages: Mapping[str, int]
    """How many there are in each queue, those that somebody works on as well."""

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """All pictures whose bytes have come, by their ids."""
        found = [rows.from_row(row) for row in self.rows if _is_picture(row)]
        return {each.id: each for each in found if each.status not in {"awaiting", "deleted"}}

    @property
    def unused_tickets(self) -> int:
        """How many tickets nobody used: who asks again because an answer got lost, gets another one."""
        return sum(_is_picture(row) and row["status"] == "awaiting" for row in self.rows)

    def seconds_to_caption(self) -> list[float]:
        """Return how long after its bytes had arrived each picture was captioned."""
        arrived = {each.image_id: each.at for each in self.arrived}
        read = [(each.id, each.reading.captioned_at) for each in self.pictures.values() if each.reading]
        return [datetime.fromisoformat(at).timestamp() - arrived[known] for known, at in read if known in arrived]

    def checks(self) -> list[Check]:
        """Return everything that must be so."""
        return [
            Check("every upload that ended well is a picture", self._lost()),
            Check("there is no other picture", _names(self.pictures.keys() - {each.image_id for each in self.arrived})),
            Check("pictures are captioned, poison failed for the right reason", self._wrong_ends()),
            Check("each was written exactly twice: its ticket, its outcome", self._versions()),
            Check("the list shows each exactly once, newest first", self._listed()),
            Check("each stands in exactly the lists, with the postings, that its row says", self._postings()),
            Check("labels are counted right", self._labels()),
            Check("pictures and bytes are counted right", self._tallies()),
            Check("each has exactly its objects in the bucket", self._objects()),
            Check("no message is left in a queue", self._queues()),
            Check("no picture was given up", self._letters()),
        ]

    def _lost(self) -> list[str]:
        return _names({each.image_id for each in self.arrived} - self.pictures.keys())

    def _wrong_ends(self) -> list[str]:
        ended = {each.id: each.failure.code if each.failure else each.status for each in self.pictures.values()}
        wrong = [each for each in self.arrived if ended.get(each.image_id) != each.end]
        return [f"{each.image_id} {ended.get(each.image_id)} instead of {each.end}" for each in wrong]

    def _versions(self) -> list[str]:
        return [f"{each.id} {each.version} times" for each in self.pictures.values() if each.version != 2]

    def _listed(self) -> list[str]:
        expected = sorted(self.pictures, reverse=True)
        return [] if list(self.listed) == expected else [f"{len(self.listed)} listed, {len(expected)} stored"]

    def _postings(self) -> list[str]:
        there = {(row["pk"], row["sk"]) for row in self.rows if rows.posting_id(row)}
        belonging = {posting for each in self.pictures.values() for posting in rows.postings(each)}
        return _names(there ^ belonging)

    def _labels(self) -> list[str]:
        true = Counter(label for each in self.pictures.values() for label in rows.labels(each))
        said = {row["sk"]: row["pictures"] for row in self.rows if row["pk"] == rows.LABELS}
        return [f"{each}: {said.get(each, 0)} of {true[each]}" for each in _different(true, said)]

    def _tallies(self) -> list[str]:
        true: Counter[str] = Counter(each.status for each in self.pictures.values())
        true["bytes"] = sum(each.content.size for each in self.pictures.values() if each.content)
        found = [row for row in self.rows if row["pk"] == "TALLIES"]
        said = {name: sum(row.get(name, 0) for row in found) for name in true}
        return [f"{each}: {said[each]} of {true[each]}" for each in _different(true, said)]

    def _objects(self) -> list[str]:
        belonging = {key for each in self.pictures.values() for key in storage.rendition_keys(each).values()}
        belonging |= {key for each in self.pictures for key in (storage.original_key(each), storage.record_key(each))}
        left_over = {each for each in self.keys - belonging if not each.startswith(storage.RECORDS)}
        return _names((belonging - self.keys) | left_over)

    def _queues(self) -> list[str]:
        return [f"{left} in {queue}" for queue, left in self.messages.items() if left]

    def _letters(self) -> list[str]:
        # A captioner that is killed after its work leaves a letter about a picture that is done, which nobody is shown.
        found = [dead_letters.from_row(row) for row in self.rows if row["pk"] == "DEADLETTERS"]
        undone = [each for each in found if dead_letters.is_undone(each, self.pictures.get(each.image_id))]
        return [f"{each.image_id}: {each.reason}" for each in undone]


def look_up(cloud: LocalCloud, arrived: Sequence[Arrived]) -> Truth:
    """Read everything that a cloud has stored."""
    listed, found = list(_walk(cloud)), list(_all_rows(cloud))
    return Truth(list(arrived), found, set(_all_keys(cloud)), listed, _messages(cloud))


def _is_picture(row: table.Row) -> bool:
    return bool(row["sk"] == "IMAGE")


def _different(true: Mapping[str, int], said: Mapping[str, int]) -> list[str]:
    return sorted(each for each in true.keys() | said.keys() if true.get(each, 0) != said.get(each, 0))


def _names(found: Iterable[Any]) -> list[str]:
    return sorted(map(str, found))


def _all_rows(cloud: LocalCloud) -> Iterable[table.Row]:
    for page in cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.outputs["TableName"]):
        yield from map(decode, page["Items"])


def _all_keys(cloud: LocalCloud) -> Iterable[str]:
    for page in cloud.client("s3").get_paginator("list_objects_v2").paginate(Bucket=cloud.outputs["MediaBucketName"]):
        yield from (each["Key"] for each in page.get("Contents", ()))


def _walk(cloud: LocalCloud) -> Iterable[str]:
    """Yield the ids that the gallery's list shows, page by page."""
    asked = {"limit": "100"}
    with cloud.http() as http:
        while True:
            page = http.get("/api/images", params=asked).raise_for_status().json()
            yield from (each["id"] for each in page["images"])
            if page["next_cursor"] is None:
                return
            asked["cursor"] = page["next_cursor"]


def _messages(cloud: LocalCloud) -> dict[str, int]:
    sqs, names = cloud.client("sqs"), ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = {}
    for url in sqs.list_queues()["QueueUrls"]:
        counted = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        left[url.rpartition("/")[2]] = sum(int(each) for each in counted.values())
    return left
