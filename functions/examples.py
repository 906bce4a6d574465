"""Examples for the API's description: what a call looks like when an Egyptian cat, a query and a vote pass through it.

A model's own examples count first; else a field is shown by its name, which means the same in every call.
"""

from collections.abc import Mapping
from typing import Any

from gallery.problems import phrase

Schema = Mapping[str, Any]

IMAGE_ID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"
_MOMENT = "2026-05-04T09:30:00.000Z"
_FIELDS: dict[str, Any] = {
    "accepted": 1,
    "at": _MOMENT,
    "attribution": "Photograph by the uploader, CC BY 4.0",
    "blend": 0.3,
    "camera": {
        "make": "Apple",
        "model": "iPhone 15",
        "lens": "iPhone 15 back dual wide camera 5.96mm f/1.6",
        "exposure_s": 0.008,
        "f_number": 1.6,
        "iso": 64,
        "focal_length_mm": 5.96,
        "focal_length_35mm": 26,
        "flash": False,
    },
    "caption": "An Egyptian cat, perhaps a tabby",
    "captioned_at": _MOMENT,
    "client_id": "3n4b5urk1ft4fl3mg5e62d9ado",
    "code": "duplicate",
    "color": "#8a7f70",
    "columns": 80,
    "count": 300,
    "created_at": _MOMENT,
    "date": "2026-05-04",
    "default_visibility": "public",
    "detail": "There is no such image.",
    "digit": 7,
    "duplicate_of": IMAGE_ID,
    "endings": [".jpg", ".png"],
    "endpoint": None,
    "errors": None,
    "expires_at": _MOMENT,
    "failure": None,
    "field": "limit",
    "fields": {"key": f"incoming/{IMAGE_ID}", "Content-Type": "image/jpeg"},
    "filename": "cat.jpg",
    "first_at": _MOMENT,
    "format": "json",
    "height": 3000,
    "if-match": '"2"',
    "image_id": IMAGE_ID,
    "inference_time_ms": 11.8,
    "info": {"title": "Neural Gallery", "version": "1"},
    "key": f"originals/{IMAGE_ID}",
    "label": "Egyptian cat",
    "large": f"/media/{IMAGE_ID}/1-large.webp",
    "last_at": _MOMENT,
    "location": None,
    "max_bytes": 209715200,
    "medium": f"/media/{IMAGE_ID}/1-medium.webp",
    "max_files": 50,
    "min_score": 0.5,
    "model": "ResNet50",
    "n": 1000,
    "name": "cat.jpg",
    "next_cursor": None,
    "openapi": "3.1.0",
    "original": f"/api/images/{IMAGE_ID}/download",
    "owner": None,
    "pause": None,
    "placeholder": "HBkSHYSIeHiPiHh8eJd4eTN0EEQG",
    "probability": 0.83,
    "progress": 0.4,
    "query": "a cat",
    "reason": "More pictures were captioned today than the owner allows.",
    "redriven": 3,
    "region": "eu-central-1",
    "relevance": 0.97,
    "rows": 60,
    "score": 0.81,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "since": _MOMENT,
    "size": 2483120,
    "sizes": {
        "small": {"width": 480, "height": 360},
        "medium": {"width": 1067, "height": 800},
        "large": {"width": 2000, "height": 1500},
    },
    "small": f"/media/{IMAGE_ID}/1-small.webp",
    "source": "ResNet50",
    "status": "captioned",
    "text": "An Egyptian cat, perhaps a tabby",
    "taken_at": "2026-05-03T16:20:05",
    "taken_from": "exif",
    "taken_offset": "+02:00",
    "taken_source": "owner",
    "tile_size": 32,
    "tiles_used": 412,
    "title": "Cleo on the sofa",
    "type": "image/jpeg",
    "url": f"https://media.example.org/{IMAGE_ID}",
    "user_pool_id": "eu-central-1_Ab12Cd34E",
    "version": 2,
    "visibility": "public",
    "width": 4000,
}
_DETAILS = {
    400: "The body is not valid JSON.",
    401: "Sign in first.",
    403: "Only its owner may do that to this image.",
    404: "There is no such image.",
    409: "The image is being changed at this moment. Please try again.",
    412: "Somebody changed this image in the meantime. Look at it again.",
    413: "The picture is larger than 4 MB.",
    415: "The body must be a picture (Content-Type: image/…).",
    422: "limit: Input should be less than or equal to 100",
    428: "Say which version you are changing: If-Match with the image's version in quotes.",
    429: "That would be more than the 500 pictures that one person may send in an hour. Go on in 12 minutes.",
    500: "Something went wrong on our side. Please try again.",
    503: "The gallery is very busy. Please try again in a moment.",
}


def add_examples(document: dict[str, Any]) -> None:
    """Give every call of a document examples of what it takes and of all that it answers."""
    known = document["components"]["schemas"]
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        for parameter in operation.get("parameters", []):
            if parameter.get("required") or parameter["in"] == "header":
                parameter["example"] = example(parameter["schema"], known, parameter["name"])
        for body in operation.get("requestBody", {}).get("content", {}).values():
            _show(body, known)
        for status, answer in operation["responses"].items():
            for kind, body in answer.get("content", {}).items():
                body["example"] = problem(int(status)) if kind.endswith("problem+json") else None
                if body["example"] is None:
                    _show(body, known)


def _show(body: dict[str, Any], known: Schema) -> None:
    if body["schema"].get("type") != "string":
        body["example"] = example(body["schema"], known)
    else:
        body.pop("example", None)


def problem(status: int) -> dict[str, Any]:
    """Return what a problem of a status looks like."""
    problem_ = {"type": "about:blank", "title": phrase(status), "status": status, "detail": _DETAILS[status]}
    return problem_ | ({"errors": [{"field": "limit", "detail": _DETAILS[status]}]} if status == 422 else {})


def example(schema: Schema, known: Schema, name: str = "") -> Any:  # noqa: ANN401 - any JSON
    """Return a value that a schema allows, `known` being what it may refer to and `name` the field it describes."""
    if "$ref" in schema:
        return example(known[schema["$ref"].rpartition("/")[2]], known, name)
    if "examples" in schema:
        return schema["examples"][0]
    if name in _FIELDS and _fits(_FIELDS[name], schema):
        return _FIELDS[name]
    if given := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return given[0]
    if choice := next((choice for choice in schema.get("anyOf", schema.get("oneOf", ()))), None):
        return example(choice, known, name)
    return _made(schema, known, name)


def _fits(value: Any, schema: Schema) -> bool:  # noqa: ANN401 - any JSON
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return False
    kinds = {choice.get("type") for choice in schema.get("anyOf", [schema])}
    return _KINDS[type(value)] in kinds or (isinstance(value, int) and "number" in kinds)


_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object", list: "array"}
_KINDS[type(None)] = "null"


def _made(schema: Schema, known: Schema, name: str) -> Any:  # noqa: ANN401 - any JSON
    match schema.get("type"):
        case "object":
            return {
                property_: example(field, known, property_) for property_, field in schema.get("properties", {}).items()
            }
        case "array":
            count = max(1, schema.get("minItems", 1))
            return [example(schema["items"], known, name.removesuffix("s"))] * count
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return schema.get("default") or name or "text"
