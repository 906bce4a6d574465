"""The API's published description is the API."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from infra import assets
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from tests.unit.conftest import Api

from collection import COLLECTION, files
from gallery.api.openapi import merged
from gallery.problems import CONTENT_TYPE
from openapi import DOCUMENT, whole


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in whole()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that is sent or answered as JSON."""
    for name, operation in operations():
        contents = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for what, content in contents.items():
            for kind, body in content.get("content", {}).items():
                if kind.endswith("json"):
                    yield f"{name}: {what}", body


def test_the_committed_document_says_what_the_code_does() -> None:
    assert json.loads(DOCUMENT.read_text()) == whole(), "run `make openapi` and commit docs/openapi.json"


def test_the_committed_collection_says_what_the_document_does() -> None:
    committed = {
        file.relative_to(COLLECTION).as_posix(): file.read_text() for file in COLLECTION.rglob("*") if file.is_file()
    }
    assert committed == files(whole()), "run `make openapi` and commit docs/collection"


def test_every_call_names_its_problems() -> None:
    for name, operation in operations():
        errors = {code: each for code, each in operation["responses"].items() if code >= "400"}
        assert errors, f"{name} never fails?"
        assert all(CONTENT_TYPE in each["content"] for each in errors.values())


def test_no_two_calls_have_one_name() -> None:
    names = [operation["operationId"] for _, operation in operations()]
    assert len(set(names)) == len(names)


def test_every_body_is_shown_by_an_example_that_it_allows() -> None:
    components = whole()["components"]
    for what, body in bodies():
        schema = {**body["schema"], "components": components}
        assert [error.message for error in Draft202012Validator(schema).iter_errors(body["example"])] == [], what


def test_the_gallery_answers_the_whole_document(api: Api) -> None:
    answer = api("GET", "/api/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json == whole()
    assert assets.function("images")["images/openapi.json"] == DOCUMENT


def test_people_see_the_description_on_a_page_without_scripts_of_its_own(api: Api) -> None:
    answer = api("GET", "/api/docs")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    scripts = [each.partition("</script>")[0] for each in answer.text.split("<script")[1:]]
    assert scripts
    assert all(each.endswith(">") and 'src="/api-docs/' in each for each in scripts)


@pytest.mark.parametrize("call", ["pictures/upload", "pictures/classify_image", "search/search_images"])
def test_a_call_of_the_collection_is_ready_to_be_sent(call: str) -> None:
    text = files(whole())[f"{call}.bru"]
    assert "{{origin}}/api/" in text
    switched_on = [line.strip() for line in text.splitlines() if ":" in line and not line.strip().startswith("~")]
    assert [line for line in switched_on if line.endswith(":")] == []


def test_two_functions_cannot_mean_different_things_by_one_name() -> None:
    def of(*fields: str) -> dict[str, Any]:
        return {"paths": {}, "components": {"schemas": {"Person": {"required": list(fields)}}}}

    assert merged([of("name"), of("name")])["components"] == of("name")["components"]
    with pytest.raises(ValueError, match="two schemas Person"):
        merged([of("name"), of("name", "state")])
