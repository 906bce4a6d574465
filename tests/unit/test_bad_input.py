"""Whatever is sent to any route, the answer is one of the contract's, and never a fault of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api
from tests.unit.identity import Pool

from openapi import DOCUMENT

SPEC: dict[str, Any] = json.loads(DOCUMENT.read_text())
ULID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XD"
LONG = "9" * 4301
UNPARSABLE = [
    LONG,
    f"-{LONG}",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"twice":1,"twice":2}',
    '{"\\ud800":1}',
    "{",
    "\x00",
    "'single'",
]
HOSTILE_VALUES = [
    "9" * 4000,
    "-1",
    "1e308",
    "1.5",
    '"\\u0000"',
    '"\\ud800"',
    '"\\u202e\\u001b[31m"',
    json.dumps("x" * 100_000),
    "[" * 400 + "]" * 400,
    '{"a":' * 400 + "1" + "}" * 400,
    "null",
    "true",
    "{}",
    "[]",
]
HOSTILE_TEXTS = ["", "\x00", LONG, "-1", "1e400", "nan", "inf", "\u202e", "x" * 5000, "%00", "../..", "٣", "{}", "'\""]
HOLE = "\ue000"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in SPEC["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def address(path: str, value: str = ULID) -> str:
    return "".join(
        value if part.endswith("}") else part for part in path.replace("{", "\n{").replace("}", "}\n").split("\n")
    )


def json_example(operation: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return content.get("example")


def with_a_hole(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    """The value with each of its parts replaced in turn."""
    yield HOLE
    match value:
        case dict():
            for name, part in value.items():
                yield from ({**value, name: each} for each in with_a_hole(part))
        case list():
            for place, part in enumerate(value):
                yield from ([*value[:place], each, *value[place + 1 :]] for each in with_a_hole(part))


TAKES_JSON = [(method, path, operation) for method, path, operation in operations() if json_example(operation)]
NAMES = [f"{method} {path}" for method, path, _ in TAKES_JSON]


@pytest.fixture
def admin(pool: Pool) -> dict[str, str]:
    return pool.bearer("root", groups=["admin"])


def is_a_problem(answer: Answer) -> bool:
    return answer.headers["content-type"] == "application/problem+json" and answer.json["status"] == answer.status


@pytest.mark.parametrize(("method", "path", "operation"), TAKES_JSON, ids=NAMES)
def test_a_body_that_no_two_programs_would_read_alike_is_a_400(
    api: Api, admin: dict[str, str], method: str, path: str, operation: dict[str, Any]
) -> None:
    for hostile in UNPARSABLE:
        for text in (
            hostile,
            *(json.dumps(body).replace('"\\ue000"', hostile) for body in with_a_hole(json_example(operation))),
        ):
            answer = api(method, address(path), body=text, headers=admin)
            assert (answer.status, is_a_problem(answer)) == (400, True), (hostile[:20], text[:80], answer.text)


@pytest.mark.usefixtures("called")
@pytest.mark.parametrize(("method", "path", "operation"), TAKES_JSON, ids=NAMES)
def test_no_value_anywhere_in_a_body_is_a_fault_of_ours(
    api: Api, admin: dict[str, str], method: str, path: str, operation: dict[str, Any]
) -> None:
    for hostile in HOSTILE_VALUES:
        for body in with_a_hole(json_example(operation)):
            text = json.dumps(body).replace('"\\ue000"', hostile)
            answer = api(method, address(path), body=text, headers=admin)
            assert answer.status < 500, (hostile[:20], answer.text)
            assert answer.status < 400 or is_a_problem(answer)


@pytest.mark.usefixtures("called")
def test_no_text_in_an_address_is_a_fault_of_ours(api: Api, admin: dict[str, str]) -> None:
    for method, path, operation in operations():
        for hostile in HOSTILE_TEXTS:
            asked = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
            calls = [(address(path), {**NEEDED.get(path, {}), name: hostile}) for name in asked]
            if "{" in path and hostile and "/" not in hostile:
                calls.append((address(path, hostile), NEEDED.get(path, {})))
            for called_address, query in calls:
                answer = api(method, called_address, query=query, body=json_example(operation), headers=admin)
                assert answer.status < 500, (method, path, query, hostile[:20], answer.text)


@pytest.mark.usefixtures("called")
@pytest.mark.parametrize("name", ["if-match", "if-none-match", "authorization", "x-viewer-address", "content-type"])
def test_no_header_is_a_fault_of_ours(api: Api, name: str) -> None:
    for method, path, operation in operations():
        for hostile in (
            "",
            "\x00",
            '"',
            '"' + LONG + '"',
            "W/",
            "Bearer ",
            "Bearer \x00.\x00.\x00",
            "é",
            "multipart/form-data",
        ):
            answer = api(method, address(path), body=json_example(operation), headers={name: hostile})
            assert answer.status < 500, (method, path, hostile[:20], answer.text)


NEEDED = {
    "/api/search": {"query": "dog"},
    "/api/suggestions/search": {"query": "dog"},
    "/api/counter": {"digit": "7", "n": "1000"},
    "/api/images/{image_id}/mosaic": {"tiles": "gallery", "tile_size": "16", "blend": "0.5"},
}


def test_the_counter_keeps_its_thousand_digits(api: Api) -> None:
    answer = api("GET", "/api/counter", query={"digit": "7", "n": "9" * 1000})
    assert (answer.status, answer.json["n"]) == (200, int("9" * 1000))
    assert api("GET", "/api/counter", query={"digit": "7", "n": "9" * 1001}).status == 422


@pytest.mark.parametrize(("method", "path", "operation"), TAKES_JSON, ids=NAMES)
@pytest.mark.parametrize(
    "kind", ["", "text/plain", "text/json", "application/jsonp", "application/x-www-form-urlencoded"]
)
def test_json_that_does_not_say_so_is_a_415(
    api: Api, admin: dict[str, str], method: str, path: str, operation: dict[str, Any], kind: str
) -> None:
    for body in (json_example(operation), "{"):
        answer = api(method, address(path), body=body, headers={**admin, "content-type": kind})
        assert (answer.status, is_a_problem(answer)) == (415, True)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"]
)
def test_json_that_says_so_is_read(api: Api, kind: str) -> None:
    assert api("POST", "/api/feedback", body={}, headers={"content-type": kind}).status == 422


CHANGES = [(method, path, operation) for method, path, operation in operations() if method != "GET"]
BODIES = {"/api/feedback": {"feedback": [{"query": "a cat", "positive": [ULID]}]}, "/api/posts/{post_id}/share": {}}
"""Where the documented example says no more than what kinds of values there are."""
DECISIONS = {"/api/admin/reports/{kind}/{thing_id}/{decision}": f"/api/admin/reports/image/{ULID}/hide"}
OWN, HOST = "https://gallery.example.org", "d111.cloudfront.net"
ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": OWN},
    {"sec-fetch-site": "cross-site", "origin": OWN},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "https://gallery.example.org.evil.example"},
    {"origin": "https://["},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    {"origin": "https://evil.example", "x-viewer-host": HOST, "host": "abc.execute-api.eu-central-1.amazonaws.com"},
]
HERE: list[dict[str, str]] = [
    {},
    {"sec-fetch-site": "same-origin", "origin": OWN},
    {"sec-fetch-site": "none"},
    {"origin": f"https://{HOST}", "x-viewer-host": HOST},
    {"origin": "http://localhost:8080", "host": "localhost:8080"},
]


@pytest.mark.parametrize(("method", "path", "operation"), CHANGES, ids=[f"{each[0]} {each[1]}" for each in CHANGES])
def test_another_site_changes_nothing(
    api: Api, admin: dict[str, str], method: str, path: str, operation: dict[str, Any]
) -> None:
    for headers in ELSEWHERE:
        body = BODIES.get(path, json_example(operation))
        answer = api(method, DECISIONS.get(path, address(path)), body=body, headers={**admin, **headers})
        assert (answer.status, is_a_problem(answer)) == (403, True), (headers, answer.text)
        assert answer.json["detail"] == "Another site may not change anything here."


NOT_JSON = ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "")


@pytest.mark.parametrize(
    ("method", "path"), [each[:2] for each in CHANGES], ids=[" ".join(each[:2]) for each in CHANGES]
)
def test_another_site_is_refused_as_such_whatever_else_is_wrong(api: Api, method: str, path: str) -> None:
    for kind in ("application/json", *NOT_JSON):
        for body in ("{", "[]", LONG, "\udc80", None):
            headers = {"content-type": kind, "origin": "https://evil.example"}
            answer = api(method, DECISIONS.get(path, address(path, "x")), body=body, headers=headers)
            assert (answer.status, is_a_problem(answer)) == (403, True), (kind, body, answer.text)
            assert answer.json["detail"] == "Another site may not change anything here."


@pytest.mark.parametrize(("method", "path"), [each[:2] for each in TAKES_JSON], ids=NAMES)
def test_what_is_not_said_to_be_json_is_a_415_whatever_else_is_wrong(api: Api, method: str, path: str) -> None:
    for kind in NOT_JSON:
        answer = api(method, address(path, "x"), body="{", headers={"content-type": kind})
        assert (answer.status, is_a_problem(answer)) == (415, True), (kind, answer.text)


@pytest.mark.parametrize("headers", HERE)
def test_the_gallerys_own_page_and_other_programs_change_what_they_may(api: Api, headers: dict[str, str]) -> None:
    asked = {"feedback": [{"query": "dog", "positive": [ULID], "negative": []}]}
    assert api("POST", "/api/feedback", body=asked, headers=headers).status == 202


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_may_link_to_what_is_public(api: Api, headers: dict[str, str]) -> None:
    assert api("GET", "/api/images", headers=headers).status == 200
