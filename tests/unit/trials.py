"""Pictures that somebody just tries."""

from base64 import b64encode
from types import SimpleNamespace
from typing import Any, cast

from tests.unit.conftest import Answer

from caption import demo


def classify(body: bytes, content_type: str = "image/jpeg", **more: str) -> Answer:
    """Send a picture as API Gateway hands it on."""
    event = {
        "version": "2.0",
        "rawPath": "/api/classify",
        "headers": {"content-type": content_type, **more},
        "requestContext": {
            "http": {"method": "POST", "path": "/api/classify", "sourceIp": "203.0.113.7"},
            "stage": "$default",
        },
        "body": b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    answer = demo.app.resolve(event, cast("Any", SimpleNamespace()))
    headers = {name.lower(): str(value) for name, value in answer["headers"].items()}
    return Answer(answer["statusCode"], headers, answer["body"])
