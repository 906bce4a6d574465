"""Demo mode: a sentence for a picture of which nothing is kept, and a clear word for everything else."""

import io
import json
from base64 import b64encode
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image
from tests import photographs
from tests.photographs import SHARED, needs_model, needs_shared
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.faults import photograph
from tests.unit.trials import classify

from caption import demo
from gallery import limits

pytestmark = pytest.mark.usefixtures("gallery")


def refused(answer: Answer, status: int) -> str:
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json["status"] == status
    return str(answer.json["detail"])


@needs_model
def test_a_picture_gets_a_sentence_and_five_classes_likeliest_first() -> None:
    answer = classify(photographs.free()[1].bytes, "image/png")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json
    assert found["caption"][0].isupper()
    assert len(found["results"]) == 5
    scores = [each["score"] for each in found["results"]]
    assert scores == sorted(scores, reverse=True)
    assert "espresso" in {each["class_name"] for each in found["results"]}
    assert found["inference_time_ms"] > 0


@needs_model
def test_the_content_decides_which_kind_of_picture_it_is() -> None:
    assert classify(photograph(), "image/webp").status == 200


@pytest.mark.parametrize("content_type", ["", "text/html", "application/json", "multipart/form-data; boundary=x"])
def test_what_does_not_say_that_it_is_a_picture_is_refused(content_type: str) -> None:
    assert "Content-Type" in refused(classify(photograph(), content_type), 415)


def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_is_looked_at() -> None:
    most = limits.MAX_CLASSIFY_BYTES
    assert "4 MB" in refused(classify(photograph().ljust(most + 1, b"\0")), 413)
    assert classify(photograph().ljust(most, b"\0")).status != 413


@needs_model
@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        (b"", 422, "empty"),
        (b"Dear diary, this is no photograph.", 422, "not a picture"),
        (photograph()[:300], 422, "ends before"),
        (b"GIF89a" + b"nonsense" * 20, 422, "damaged"),
        (b"%PDF-1.7 nothing more", 415, "PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415, "SVG"),
    ],
)
def test_what_is_no_picture_is_told_why(body: bytes, status: int, word: str) -> None:
    answer = classify(body)
    assert word in refused(answer, status)
    assert [each["field"] for each in answer.json.get("errors", [])] == (["body"] if status == 422 else [])


@needs_model
def test_a_small_file_with_too_many_pixels_is_too_large() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    assert "megapixels" in refused(classify(file.getvalue(), "image/png"), 413)


@needs_shared
@needs_model
def test_hostile_files_get_a_word_and_never_an_error_of_ours() -> None:
    assert SHARED
    files = sorted(path for path in (SHARED / "data/hostile").rglob("*") if path.is_file())[::12]
    assert len(files) > 20
    found = {path.name: classify(path.read_bytes()).status for path in files}
    assert set(found.values()) <= {200, 413, 415, 422}


def test_without_a_model_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "classifier", lambda: None)
    assert "model" in refused(classify(photograph()), 503)


@needs_model
def test_no_byte_of_a_picture_gets_into_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    for body in (photograph(), photograph()[:300]):
        classify(body)
        said = "".join(capsys.readouterr())
        assert b64encode(body[:60]).decode()[:40] not in said
        assert repr(body[:12])[2:-1] not in said


def test_another_method_is_refused_with_the_one_there_is() -> None:
    event = {
        "version": "2.0",
        "rawPath": "/api/classify",
        "headers": {},
        "requestContext": {"http": {"method": "GET", "path": "/api/classify"}, "stage": "$default"},
    }
    answer = demo.app.resolve(event, cast("Any", SimpleNamespace()))
    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "POST")


CHANGES = [
    ("POST", "/api/uploads", {"files": [{"name": "a.jpg", "type": "image/jpeg", "size": 10}]}),
    ("PATCH", "/api/images/01KAGVQ2W3M8Y6Z5T4R7N9P0XC", {"title": "mine"}),
    ("POST", "/api/images/01KAGVQ2W3M8Y6Z5T4R7N9P0XC/mosaic", {"tiles": "gallery", "tile_size": 32, "blend": 0.5}),
    ("DELETE", "/api/images/01KAGVQ2W3M8Y6Z5T4R7N9P0XC", None),
    ("POST", "/api/feedback", {"feedback": [{"query": "dog", "positive": ["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"]}]}),
    ("POST", "/api/admin/failures/redrive", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=[f"{each[0]} {each[1]}" for each in CHANGES])
def test_a_gallery_for_trying_only_changes_nothing(
    api: Api,
    gallery: Gallery,
    environment: pytest.MonkeyPatch,
    method: str,
    path: str,
    body: Any,  # noqa: ANN401
) -> None:
    environment.setenv("DEMO_ONLY", "true")
    forget_clients()
    answer = api(method, path, body=body)
    assert "for trying" in refused(answer, 403)
    assert (gallery.rows(), gallery.objects()) == ([], set())


@needs_model
def test_a_gallery_for_trying_only_shows_looks_and_says_what_it_is(api: Api, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DEMO_ONLY", "true")
    forget_clients()
    assert classify(photograph()).status == 200
    assert api("GET", "/api/images").status == 200
    assert json.loads(api("GET", "/api/settings").text)["demo_only"] is True


def test_who_has_tried_enough_hears_when_to_go_on(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TRIALS_PER_HOUR", "2")
    forget_clients()
    assert [classify(b"Dear diary").status for _ in range(2)] != [429, 429]
    answer = classify(b"Dear diary")
    assert "Go on in" in refused(answer, 429)
    assert 0 < int(answer.headers["retry-after"]) <= 3600
    assert {row["pk"].partition("#")[0] for row in gallery.rows()} == {"LIMIT"}


@pytest.mark.usefixtures("pool")
def test_a_bad_token_is_never_taken_for_none() -> None:
    refused(classify(photograph(), authorization="Bearer nonsense"), 401)
