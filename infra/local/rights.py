"""What AWS looks at in a function's policy and the emulator does not, so that a laptop refuses what the cloud would.

IAM is told the partitions of a table that a request names (`dynamodb:LeadingKeys`), and S3 calls a missing object
forbidden to whoever may not list the bucket.
"""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from ministack.core import iam_actions, iam_evaluator, responses, router
from ministack.services import s3

Json = dict[str, Any]
_REQUEST = "gallery:request"
"""Where the request waits until it is known which of its actions is looked at."""


def tell_partitions() -> None:
    """Have the emulator look at the partitions of each action it checks, those of transactions one by one."""
    keys_of, enforce = iam_actions.dynamodb_service_context, iam_evaluator.enforce

    def enforce_by_partition(
        access_key_id: str,
        action: str,
        service: str,
        *args: Any,  # noqa: ANN401
        service_context: Json | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        context = dict(service_context or {})
        if (request := context.pop(_REQUEST, None)) is not None:
            context["dynamodb:LeadingKeys"] = leading_keys(request, action)
        return enforce(access_key_id, action, service, *args, service_context=context, **kwargs)

    def keys_and_request(body: bytes) -> Json:
        keys: Json = keys_of(body)
        return keys and {**keys, _REQUEST: json.loads(body or b"{}")}  # none of what is no JSON

    iam_actions.dynamodb_service_context, iam_evaluator.enforce = keys_and_request, enforce_by_partition


def leading_keys(request: Json, action: str) -> list[str] | None:
    """Return the partition keys that an action of a request names (`pk`); None for a query or a scan."""
    return [(part.get("Item") or part["Key"])["pk"]["S"] for part in _named(request, action)] or None


def _named(request: Json, action: str) -> Iterator[Json]:
    """Yield what a request says of each row, as `Item` or `Key`."""
    kinds = iam_actions._DYNAMODB_TRANSACT_ITEM_ACTIONS
    for item in request.get("TransactItems", ()):
        yield from (part for kind, part in item.items() if kinds.get(kind) == action)
    for batch in request.get("RequestItems", {}).values():
        if isinstance(batch, dict):
            yield from ({"Key": key} for key in batch["Keys"])
        else:
            yield from (part for entry in batch for part in entry.values())
    if {"Item", "Key"} & request.keys():
        yield request


def hide_what_is_missing() -> None:
    """Have S3 answer requests of functions for a missing object as it does: 403 unless they may list the bucket."""
    for name in ("_get_object", "_head_object"):
        setattr(s3, name, _forbidding(getattr(s3, name)))


def _forbidding(read: Callable[..., Any]) -> Callable[..., Any]:
    def answer(bucket: str, key: str, headers: Json, query: Json | None = None) -> Any:  # noqa: ANN401
        body = read(bucket, key, headers, query)
        asking = router.extract_access_key_id(headers)  # nobody for an address, presigned or public
        if body[0] != HTTPStatus.NOT_FOUND or not asking or _may_list(asking, bucket):
            return body
        return s3._error("AccessDenied", "Access Denied", HTTPStatus.FORBIDDEN.value, f"/{bucket}/{key}")

    return answer


def _may_list(access_key_id: str, bucket: str) -> bool:
    denied = iam_evaluator.enforce(
        access_key_id, "s3:ListBucket", "s3", responses.get_region(), resource_arn=f"arn:aws:s3:::{bucket}"
    )
    return denied is None
