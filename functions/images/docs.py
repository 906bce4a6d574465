"""The API described: for programs in one document, for people on a page that shows it and lets them try."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

DOCUMENT = Path(__file__).with_name("openapi.json")
"""Where the deployment puts docs/openapi.json."""

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Neural Gallery: the API</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="/api-docs/swagger-ui.css">
    <script src="/api-docs/swagger-ui-bundle.js" defer></script>
    <script src="/api-docs/start.js" defer></script>
  </head>
  <body>
    <noscript>This page needs JavaScript; <a href="/api/openapi.json">what it shows</a> does not.</noscript>
    <main id="api"></main>
  </body>
</html>
"""
"""It brings no script of its own: the site's content security policy runs files of the site alone."""


class OpenApiDocument(BaseModel):
    """A description of the whole API (OpenAPI 3.1)."""

    model_config = ConfigDict(extra="allow")

    openapi: str
    info: dict[str, str]


@cache
def whole_document() -> str:
    """Return the description of all functions' routes, JSON."""
    return DOCUMENT.read_text()
