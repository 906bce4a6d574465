"""The API's published description is the API."""

import json

from openapi import DOCUMENT, whole


def test_the_committed_document_says_what_the_code_does() -> None:
    assert json.loads(DOCUMENT.read_text()) == whole(), "run `make openapi` and commit docs/openapi.json"


def test_every_call_names_its_problems() -> None:
    for path, operations in whole()["paths"].items():
        for method, operation in operations.items():
            errors = {code: each for code, each in operation["responses"].items() if code >= "400"}
            assert errors, f"{method} {path} never fails?"
            assert all("application/problem+json" in each["content"] for each in errors.values())
