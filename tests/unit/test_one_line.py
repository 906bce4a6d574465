"""No words of people's steer a terminal or turn the words around them, wherever they are said."""

from typing import Any

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import annas

from gallery.api.one_line import lines, one_line, without_controls

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = [*BIDI, "\x00", "\x07", "\x08", "\x1b", "\x7f", "\x80", "\x9b"]
KEPT = [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "👩\u200d👩\u200d👧",
    "Zürich \U0001f3f3\ufe0f\u200d\U0001f308",
    "שלום",
    "ไทย",
    "क्\u200dष",
]
PNG = {"name": "a.png", "type": "image/png", "size": 4}


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_character_is_refused_or_left_out(control: str) -> None:
    for check in (one_line, lines):
        with pytest.raises(ValueError, match="not allowed"):
            check(f"a{control}b")
    assert without_controls(f"a{control}b") == "ab"


@pytest.mark.parametrize("text", KEPT)
def test_what_belongs_to_a_spelling_stays(text: str) -> None:
    assert one_line(text) == lines(text) == without_controls(text) == text


@pytest.mark.parametrize("broken", ["a\nb", "a\r\nb", "a\u2028b", "a\x85b", "a\x0bb"])
def test_only_where_there_may_be_several_lines_are_there_any(broken: str) -> None:
    assert (one_line(broken), lines(broken)) == ("a b", "a\nb")
    assert "\n" not in without_controls(broken)


FIELDS: list[tuple[str, str, Any]] = [
    ("POST", "/api/uploads", lambda text: {"files": [{**PNG, "title": text}]}),
    ("POST", "/api/uploads", lambda text: {"files": [{**PNG, "attribution": text}]}),
    ("PATCH", "/api/images/{id}", lambda text: {"title": text}),
    ("PATCH", "/api/images/{id}", lambda text: {"attribution": text}),
    ("PATCH", "/api/images/{id}", lambda text: {"labels": [text]}),
    ("PATCH", "/api/me", lambda text: {"display_name": text}),
    ("PATCH", "/api/me", lambda text: {"bio": text}),
    ("POST", "/api/posts", lambda text: {"image_id": "{id}", "text": text}),
    ("POST", "/api/reports", lambda text: {"image_id": "{id}", "reason": text}),
    ("POST", "/api/admin/pause", lambda text: {"reason": text}),
    ("POST", "/api/admin/people", lambda text: {"email": f"{text}@example.org"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body"), FIELDS, ids=[f"{each[0]} {each[1]} {n}" for n, each in enumerate(FIELDS)]
)
def test_no_route_stores_one(api: Api, pool: Pool, method: str, path: str, body: Any) -> None:  # noqa: ANN401
    headers = pool.bearer("anna", groups=["admin"])
    picture = annas()
    for control in CONTROLS:
        answer = api(method, path.replace("{id}", picture.id), body=body(f"a{control}b"), headers=headers)
        assert answer.status == 422, (control, answer.text)


def test_a_files_name_is_stored_without_them(api: Api) -> None:
    name = f"cat\u202egpj.{BIDI}\x00\x1b[31m.exe"
    (ready,) = api("POST", "/api/uploads", body={"files": [{"name": name, "type": "image/png", "size": 4}]}).json[
        "uploads"
    ]
    image = api("GET", f"/api/images/{ready['image_id']}").json
    assert image["filename"] == "catgpj.[31m.exe"


def test_a_files_name_of_nothing_else_is_still_a_name(api: Api) -> None:
    asked = {"files": [{"name": "\u202e\x00", "type": "image/png", "size": 4}]}
    (ready,) = api("POST", "/api/uploads", body=asked).json["uploads"]
    assert api("GET", f"/api/images/{ready['image_id']}").json["filename"] == "picture"


def test_a_vote_on_a_query_is_kept_without_them(api: Api, pool: Pool) -> None:
    asked = {"feedback": [{"query": "\u202edog\x00", "positive": [annas().id]}]}
    assert api("POST", "/api/feedback", body=asked).status == 202
    found = api("GET", "/api/analytics", headers=pool.bearer("root", groups=["admin"])).json["feedback"]
    assert [each["query"] for each in found] == ["dog"]
