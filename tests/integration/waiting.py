"""Waiting for what functions of a local cloud do on their own: for a state, never for a time."""

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
