"""The API as a collection for Bruno (https://www.usebruno.com), a program to try calls with, made from its description.

A call's optional parameters and its token stand there switched off (`~`), so that each can be sent as it is.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

COLLECTION = Path(__file__).parents[1] / "docs" / "collection"

Operation = Mapping[str, Any]

_FIXED = {
    "bruno.json": json.dumps({"version": "1", "name": "Neural Gallery", "type": "collection"}, indent=2) + "\n",
    "environments/local.bru": "vars {\n  origin: http://localhost:8080\n}\nvars:secret [\n  token\n]\n",
}


def files(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the collection's files, by their paths in its folder: one for each call, in a folder for each tag."""
    operations = [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return _FIXED | {
        f"{operation['tags'][0]}/{operation['operationId']}.bru": "\n".join(_blocks(number, method, path, operation))
        for number, (method, path, operation) in enumerate(operations, 1)
    }


def write(document: Mapping[str, Any]) -> None:
    """Make the collection on disk what a document says."""
    requests = files(document)
    for left in COLLECTION.rglob("*.bru"):
        left.unlink()
    for name, text in requests.items():
        file = COLLECTION / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def _blocks(number: int, method: str, path: str, operation: Operation) -> Iterator[str]:
    parameters = operation.get("parameters", [])
    yield _block("meta", f"name: {operation['summary'].rstrip('.')}", "type: http", f"seq: {number}")
    yield _block(method, f"url: {_url(path, parameters)}", f"body: {_body_kind(operation)}", "auth: none")
    for place, name in (("path", "params:path"), ("query", "params:query"), ("header", "headers")):
        lines = [_line(parameter) for parameter in parameters if parameter["in"] == place]
        if place == "header" and "401" in operation["responses"]:
            lines.append("~Authorization: Bearer {{token}}")
        if lines:
            yield _block(name, *lines)
    yield from _body(operation)


def _url(path: str, parameters: list[Any]) -> str:
    needed = [parameter for parameter in parameters if parameter["in"] == "query" and parameter.get("required")]
    query = "&".join(f"{parameter['name']}={quote(str(parameter['example']))}" for parameter in needed)
    return "{{origin}}" + path.replace("{", ":").replace("}", "") + (f"?{query}" if query else "")


def _line(parameter: Mapping[str, Any]) -> str:
    switch = "" if parameter.get("required") else "~"
    return f"{switch}{parameter['name']}: {parameter.get('example', '')}".rstrip()


def _body_kind(operation: Operation) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return "none"
    return "json" if "application/json" in content else "file"


def _body(operation: Operation) -> Iterator[str]:
    match _body_kind(operation):
        case "json":
            shown = operation["requestBody"]["content"]["application/json"]["example"]
            yield _block("body:json", *json.dumps(shown, indent=2, ensure_ascii=False).splitlines())
        case "file":
            yield _block("body:file", "file: @file(picture.jpg) @contentType(image/jpeg)")


def _block(name: str, *lines: str) -> str:
    return "\n".join([f"{name} {{", *(f"  {line}" for line in lines), "}", ""])
