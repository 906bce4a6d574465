"""The same bytes uploaded at the same time: one picture stays, the others say which."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests import photographs
from tests.integration.stored import objects_of
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]


@needs_model
def test_of_many_uploads_of_the_same_bytes_at_once_one_stays(local_cloud: LocalCloud) -> None:
    ((name, content),) = photographs.some(1)
    with ThreadPoolExecutor(6) as people:
        ids = list(people.map(lambda turn: local_cloud.upload(f"{turn}-{name}", content), range(6)))
    found = [settled(local_cloud, each) for each in ids]
    (first,) = [each for each in found if each["status"] == "captioned"]
    copies = [each for each in found if each["status"] == "failed"]
    assert len(copies) == len(ids) - 1
    assert {(each["failure"]["code"], each["failure"]["duplicate_of"]) for each in copies} == {
        ("duplicate", first["id"])
    }

    def left() -> list[list[str]]:
        return [objects_of(local_cloud, each["id"]) for each in copies]

    assert eventually(lambda: left() == [[f"records/{each['id']}.json"] for each in copies], 60)
    assert len(objects_of(local_cloud, first["id"])) == 3, "original, record, and one rendition of so small a picture"
