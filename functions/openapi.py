"""The whole API in one document: `python -m openapi` writes docs/openapi.json and docs/collection from the routes."""

import json
import os
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

import collection
from examples import add_examples

DOCUMENT = Path(__file__).parents[1] / "docs" / "openapi.json"

_ANY_DEPLOYMENT = {
    "TABLE_NAME": "-",
    "MEDIA_BUCKET": "-",
    "POWERTOOLS_METRICS_NAMESPACE": "-",
    "POWERTOOLS_SERVICE_NAME": "-",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def apps() -> dict[str, APIGatewayHttpResolver]:
    """Return the routers of all functions that answer calls of the API, by the functions' names."""
    os.environ.update({name: os.environ.get(name, value) for name, value in _ANY_DEPLOYMENT.items()})
    from admin.handler import app as admin  # noqa: PLC0415 - needs the environment of a function
    from albums.handler import app as albums  # noqa: PLC0415
    from caption.demo import app as classify  # noqa: PLC0415
    from counter.handler import app as counter  # noqa: PLC0415
    from feedback.handler import app as feedback  # noqa: PLC0415
    from images.handler import app as images  # noqa: PLC0415
    from people.handler import app as people  # noqa: PLC0415
    from posts.handler import app as posts  # noqa: PLC0415
    from search.handler import app as search  # noqa: PLC0415

    return {
        "images": images,
        "albums": albums,
        "classify": classify,
        "search": search,
        "feedback": feedback,
        "people": people,
        "counter": counter,
        "posts": posts,
        "admin": admin,
    }


def whole() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of all functions; it does not depend on the deployment."""
    every = apps().values()
    from gallery.api.openapi import document, merged  # noqa: PLC0415 - needs the environment of a function

    document_ = merged(document(app, "1") for app in every)
    _say_who_may_call(document_)
    add_examples(document_)
    return document_


def _say_who_may_call(document: dict[str, Any]) -> None:
    """Where a token can make a difference, say so; few calls need one, and which do depends on the gallery."""
    document["components"]["securitySchemes"] = {"account": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        if "401" in operation["responses"]:
            operation["security"] = [{}, {"account": []}]


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    described = whole()
    DOCUMENT.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    collection.write(described)
