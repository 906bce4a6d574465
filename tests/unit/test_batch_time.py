"""How long a batch of a hundred pictures takes in the cloud: its requests are counted, what each takes is reckoned.

A request waits for its service, several at a time, and costs the function processor time, of which there is less than
one processor at its memory; whichever takes longer decides.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from infra.stages import STAGES
from infra.tools.cost import WHOLE_PROCESSOR_MB
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import READING, annas

from gallery import limits
from gallery.aws import table
from gallery.people import people
from gallery.pictures import catalogue, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import Label, Picture
from gallery.vocabulary.classes import image_classes

PROCESSOR_MS = 1.0
"""Of a whole processor, for a request with its retries, signature and answer: 0.6 to 0.8 measured without a network."""
ROW_MS = 0.05
"""The same for each row that is written with others in one request, measured as well."""
WAITING_MS = {"dynamodb": 5, "s3": 20}
"""Until a service has answered, from within its region: “single-digit” for the one, tens for the other, as AWS says."""
AT_ONCE = 8
PICTURES = 5


class Requests:
    """Requests of the functions' clients by service, and rows that are written several at once."""

    def __init__(self) -> None:
        self.by_service: Counter[str] = Counter()
        self.rows = 0

    def __call__(self, params: dict[str, Any], model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        self.by_service[model.service_model.service_name] += 1
        batched = [row for rows in params.get("RequestItems", {}).values() for row in rows]
        self.rows += len(params.get("TransactItems", batched))

    def seconds(self, times: float) -> float:
        """How long so many times these requests take at the memory of the function."""
        share = min(1, STAGES["prod"].images_memory / WHOLE_PROCESSOR_MB)
        computing = (self.by_service.total() * PROCESSOR_MS + self.rows * ROW_MS) / share
        waiting = sum(WAITING_MS[service] * number for service, number in self.by_service.items()) / AT_ONCE
        return times * max(computing, waiting) / 1000


ACTIONS: list[dict[str, Any]] = [
    {"action": "trash"},
    {"action": "restore"},
    {"action": "delete"},
    {"action": "archive"},
    {"action": "unarchive"},
    {"action": "visibility", "visibility": "private"},
    {"action": "visibility", "visibility": "public"},
    {"action": "favourite", "favourite": True},
    {"action": "labels", "add": ["holiday"]},
    {"action": "caption_hidden"},
    {"action": "shift_taken", "seconds": 3600, "versions": [3] * PICTURES},
]


PROBABILITIES = [0.5, 0.2, 0.1, *[0.01] * 7]
LABELS = [
    Label(each.name, each.wnid, probability)
    for each, probability in zip(image_classes()[150:160], PROBABILITIES, strict=True)
]


def usual() -> Picture:
    """A picture that stands in as many lists as the one whose cost is reckoned, see infra.tools.cost."""
    picture = annas(filename="a photograph of the dog.jpg")
    reading = replace(READING, labels=LABELS, caption="A sea lion, perhaps a grey whale")
    return catalogue.change(picture, replace(picture, reading=reading))


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: " ".join(map(str, action.values()))[:25])
def test_a_batch_of_a_hundred_is_done_in_time(api: Api, pool: Pool, action: dict[str, Any]) -> None:
    people.get_or_create_person(Caller("anna"))
    ids = [usual().id for _ in range(PICTURES)]
    headers = pool.bearer("anna")
    if action["action"] in {"restore", "unarchive"} or action.get("visibility") == "public":
        before = {"restore": {"action": "trash"}, "unarchive": {"action": "archive"}}
        first = before.get(action["action"], {"action": "visibility", "visibility": "private"})
        api("POST", "/api/images/batch", body={"ids": ids, **first}, headers=headers)
    requests = Requests()
    for client in (table.client(), storage.client()):
        client.meta.events.register("before-parameter-build.*.*", requests)
    answer = api("POST", "/api/images/batch", body={"ids": ids, **action}, headers=headers)
    assert {result["status"] for result in answer.json["results"]} <= {200, 204}
    assert requests.by_service["dynamodb"] >= PICTURES
    assert requests.seconds(limits.MAX_IDS / PICTURES) <= limits.BATCH_SECONDS
