"""How routes describe themselves in the OpenAPI document."""

import json
from collections.abc import Callable, Iterable, Sequence
from inspect import getdoc
from types import UnionType
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic import BaseModel

from gallery.problems import CONTENT_TYPE, phrase


class ProblemField(BaseModel):
    """What is wrong with one field or parameter."""

    field: str
    detail: str


class ProblemDocument(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None


def answers(
    model: type[BaseModel] | UnionType | None, *problems: int, status: int = 200, **more: str
) -> dict[int, Any]:
    """Describe a route's answers: the good one with its model (None for no body), the problems, and `more` by code.

    `more` maps names such as `r302` to a description of an answer without a body.
    """
    content = {"content": {"application/json": {"model": model}}} if model else {}
    good: dict[int, Any] = {status: {"description": phrase(status), **content}}
    bare = {int(name[1:]): {"description": text} for name, text in more.items()}
    return good | bare | {code: _problem(code) for code in (*problems, 500)}


def text(media_type: str) -> dict[int, Any]:
    """Describe a good answer that is a text."""
    return {200: {"description": phrase(200), "content": {media_type: {"schema": {"type": "string"}}}}}


def _problem(code: int) -> dict[str, Any]:
    return {"description": phrase(code), "content": {CONTENT_TYPE: {"model": ProblemDocument}}}


Route = TypeVar("Route", bound=Callable[..., Any])


def takes_bytes(media_type: str, description: str) -> Callable[[Route], Route]:
    """Describe the body of a route that reads its request's bytes itself; powertools knows JSON and forms only."""

    def describe(route: Route) -> Route:
        content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
        _BODIES[route.__name__] = {"description": description, "required": True, "content": content}
        return route

    return describe


_BODIES: dict[str, dict[str, Any]] = {}
"""What routes say of their bodies, by operation."""


def document(app: APIGatewayHttpResolver, version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of a router's routes, named and summed up by their functions."""
    for route in routes(app):
        route.operation_id = route.func.__name__
        route.summary = (getdoc(route.func) or "").partition("\n")[0]
    described: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Neural Gallery", version=version, description="Photographs that caption themselves."
        )
    )
    for operation in (operation for path in described["paths"].values() for operation in path.values()):
        operation["responses"] = dict(sorted(_true(operation["responses"]).items()))
        if operation["operationId"] in _BODIES:
            operation["requestBody"] = _BODIES[operation["operationId"]]
    for unused in ("ResponseValidationError", "HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(unused, None)
    return described


def _true(responses: dict[str, Any]) -> dict[str, Any]:
    """Take out what powertools says on its own and our error handlers answer differently."""
    kept = {code: response for code, response in responses.items() if response["description"] != "Validation Error"}
    for code in kept.keys() & {"204", "302"}:
        kept[code].pop("content", None)
    return {**kept, "500": _INTERNAL_ERROR}


def merged(documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return one document with the routes and schemas of all; raises ValueError where two differ by one name."""
    first, *others = documents
    for other in others:
        for name, schema in other["components"]["schemas"].items():
            if first["components"]["schemas"].setdefault(name, schema) != schema:
                raise ValueError(f"There are two schemas {name}: give one of them another name.")
        first["paths"] |= other["paths"]
    return first


def routes(app: APIGatewayHttpResolver) -> Sequence[Any]:
    """Return the routes of a router, which powertools tells no other way."""
    return [*app._static_routes, *app._dynamic_routes]


_INTERNAL_ERROR = {
    "description": "Internal Server Error",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
}
