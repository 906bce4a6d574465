"""Waiting for what functions of a local cloud do on their own: for a state, never for a time."""

from typing import Any

from tests.local_cloud import LocalCloud, eventually


def all_taken(cloud: LocalCloud, seconds: float = 60) -> bool:
    """Wait until the captioner has answered every event of its queue; tell whether it has."""
    queue = cloud.client("sqs")
    url = queue.get_queue_url(QueueName="neural-gallery-local-pictures")["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def empty() -> bool:
        waiting = queue.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return all(waiting[each] == "0" for each in names)

    return eventually(empty, seconds)


def image(cloud: LocalCloud, image_id: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    with cloud.http(headers=headers or {}) as http:
        found: dict[str, Any] = http.get(f"/api/images/{image_id}").raise_for_status().json()
    return found


def settled(cloud: LocalCloud, image_id: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    assert eventually(lambda: image(cloud, image_id, headers)["status"] != "pending", 60), "still pending"
    return image(cloud, image_id, headers)
