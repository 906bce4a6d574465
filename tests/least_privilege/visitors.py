"""A gallery with people in it, for finding out what fails when a right is missing: at once, without waiting long."""

import io
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
from PIL import Image
from tests.accounts import Account, account
from tests.local_cloud import LocalCloud, eventually

SOON = 15
"""Seconds after which what should have happened by itself did not."""


def photograph() -> bytes:
    """A picture that nobody has ever seen."""
    out = io.BytesIO()
    Image.effect_noise((96, 64), 90).convert("RGB").save(out, "JPEG", comment=secrets.token_bytes(16))
    return out.getvalue()


@dataclass(frozen=True)
class Gallery:
    """The local cloud, and an admin and a member of its gallery."""

    cloud: LocalCloud
    admin: Account
    anna: Account

    def ask(self, method: str, path: str, by: Account | None = None, **options: Any) -> Any:  # noqa: ANN401 (any JSON)
        """Send a request that has to succeed; return its JSON, if there is any."""
        headers = {**(by.headers if by else {}), **options.pop("headers", {})}
        with self.cloud.http(headers=headers) as http:
            answer = http.request(method, path, **options).raise_for_status()
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else None

    def call(self, function: str, event: dict[str, Any]) -> Any:  # noqa: ANN401 (any JSON)
        """Call a function as AWS does and wait for it; it has to succeed, with every message of a batch."""
        name = f"neural-gallery-local-{function}"
        answer = self.cloud.client("lambda", read_timeout=120).invoke(FunctionName=name, Payload=json.dumps(event))
        said = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        assert not (said or {}).get("batchItemFailures"), said
        return said

    def ticket(self, by: Account | None = None, **said: str) -> str:
        """Upload a picture, which nobody has looked at yet; return its id."""
        content = photograph()
        file = {"name": "noise.jpg", "type": "image/jpeg", "size": len(content), **said}
        (ticket,) = self.ask("POST", "/api/uploads", by, json={"files": [file]})["uploads"]
        httpx.post(ticket["url"], data=ticket["fields"], files={"file": content}, timeout=30).raise_for_status()
        return str(ticket["image_id"])

    def picture(self, by: Account | None = None, **said: str) -> dict[str, Any]:
        """Upload a picture and wait until it is captioned; return what the API says of it."""
        image_id = self.ticket(by, **said)
        assert eventually(lambda: self.shown(image_id, by)["status"] == "captioned", SOON)
        return self.shown(image_id, by)

    def shown(self, image_id: str, by: Account | None = None) -> dict[str, Any]:
        """What the API says of a picture."""
        found: dict[str, Any] = self.ask("GET", f"/api/images/{image_id}", by)
        return found

    def change(self, image_id: str, by: Account, **said: Any) -> None:  # noqa: ANN401 (any JSON)
        """Have somebody change what is said of a picture."""
        version = self.shown(image_id, by)["version"]
        self.ask("PATCH", f"/api/images/{image_id}", by, json=said, headers={"if-match": f'"{version}"'})

    def somebody(self) -> Account:
        """Somebody new, whom the gallery has met."""
        found = account(self.cloud)
        self.ask("GET", "/api/me", found)
        return found

    def username(self, of: Account) -> str:
        """What others call somebody."""
        return str(self.ask("GET", "/api/me", of)["username"])

    def objects(self, part: str) -> list[str]:
        """Keys in the media bucket that have this in them."""
        pages = self.cloud.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return [each["Key"] for page in pages for each in page.get("Contents", []) if part in each["Key"]]

    def store(self, key: str) -> None:
        """Put an object into the media bucket that does not belong there."""
        self.cloud.client("s3").put_object(Bucket=self.bucket, Key=key, Body=b"left behind")

    def begin_upload(self, key: str) -> str:
        """Begin an upload in parts, and leave it; its id."""
        answer = self.cloud.client("s3").create_multipart_upload(Bucket=self.bucket, Key=key)
        return str(answer["UploadId"])

    def remove(self, prefix: str) -> None:
        """Delete the objects of the media bucket below a prefix, as nobody does who keeps to the rules."""
        s3 = self.cloud.client("s3")
        for each in s3.list_objects_v2(Bucket=self.bucket, Prefix=prefix)["Contents"]:
            s3.delete_object(Bucket=self.bucket, Key=each["Key"])

    def set(self, pk: str, sk: str, **values: Any) -> None:  # noqa: ANN401 (DynamoDB's own)
        """Set some of a row's attributes, whatever they are."""
        names = {f"#{name}": name for name in values}
        self.cloud.client("dynamodb").update_item(
            TableName=self.cloud.outputs["TableName"],
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
        )

    def row(self, pk: str, sk: str) -> dict[str, Any] | None:
        """A row as it is at this moment."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        table = self.cloud.outputs["TableName"]
        found: dict[str, Any] = self.cloud.client("dynamodb").get_item(TableName=table, Key=key, ConsistentRead=True)
        return found.get("Item")

    def forget(self, pk: str, sk: str) -> None:
        """Delete a row."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        self.cloud.client("dynamodb").delete_item(TableName=self.cloud.outputs["TableName"], Key=key)

    def take_from_queues(self, function: str, *, enabled: bool) -> None:
        """Have a function take messages from its queues, if it has any, or not."""
        functions = self.cloud.client("lambda")
        found = functions.list_event_source_mappings(FunctionName=f"neural-gallery-local-{function}")
        for each in found["EventSourceMappings"]:
            functions.update_event_source_mapping(UUID=each["UUID"], Enabled=enabled)

    def taking(self) -> bool:
        """Whether the captioner takes new pictures from their queue."""
        functions = self.cloud.client("lambda")
        found = functions.list_event_source_mappings(FunctionName=self.cloud.outputs["CaptionFunctionName"])
        new = (each for each in found["EventSourceMappings"] if each["EventSourceArn"].endswith("-pictures"))
        return all(each["State"] == "Enabled" for each in new)

    @contextmanager
    def configured(self, function: str, **changes: Any) -> Iterator[None]:  # noqa: ANN401 (Lambda's own)
        """Have a function run with another configuration for a while; given variables are added to those it has."""
        functions, name = self.cloud.client("lambda"), f"neural-gallery-local-{function}"
        before = functions.get_function_configuration(FunctionName=name)
        variables = before["Environment"]["Variables"]
        if added := changes.pop("variables", None):
            changes["Environment"] = {"Variables": variables | added}
        functions.update_function_configuration(FunctionName=name, **changes)
        try:
            yield
        finally:
            functions.update_function_configuration(
                FunctionName=name, Timeout=before["Timeout"], Environment={"Variables": variables}
            )

    @property
    def bucket(self) -> str:
        """Name of the media bucket."""
        return self.cloud.outputs["MediaBucketName"]


def sub_of(somebody: Account) -> str:
    """Whom a token is about."""
    return str(jwt.decode(somebody.token, options={"verify_signature": False})["sub"])
