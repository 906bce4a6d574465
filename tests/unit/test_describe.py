"""Sentences by a language model: both captions kept, every kind of answer survived, no more spent than allowed."""

import io
import json
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.circuit_breaker import base
from PIL import Image
from tests.llm_server import LlmServer, Reply, answering, completion, conversation, dripping, running_llm, silent
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.identity import Pool
from tests.unit.letters import CONTEXT, batch, drain
from tests.unit.pictures import CONTENT, READING, annas, ticket

from describe import bedrock, describing
from describe.config import config
from describe.describing import describe
from gallery.aws import table
from gallery.captioning.dead_letters import listed
from gallery.captioning.events import description_request, description_requested
from gallery.pictures import catalogue, index, storage
from gallery.pictures.model import Picture, captioned

SENTENCE = "Two dogs chase a ball across wet sand."


@pytest.fixture
def llm(gallery: Gallery, environment: pytest.MonkeyPatch) -> Iterator[LlmServer]:  # noqa: ARG001 - there has to be one
    """A gallery that asks a server of chat completions; a picture may cost 0.0048 dollars, a day 0.01."""
    with running_llm() as server:
        values = {
            "LLM_PROVIDER": "openai", "LLM_MODEL": "llava", "LLM_ENDPOINT": f"{server.url}/v1", "LLM_TIMEOUT": "0.5",
            "LLM_INPUT_DOLLARS": "2", "LLM_OUTPUT_DOLLARS": "8", "LLM_DOLLARS_A_DAY": "0.01",
        }  # fmt: skip
        for name, value in values.items():
            environment.setenv(name, value)
        start_anew()
        server.reply = completion(SENTENCE)
        yield server
        start_anew()


def start_anew() -> None:
    """Forget what a process of the function remembers."""
    forget_clients()
    for cached in (config, describing._guarded, bedrock.client):
        cached.cache_clear()
    for remembered in (base._LOCAL_FAILURES, base._LOCAL_SUCCESSES, base._LAST_OBSERVED_STATE):
        remembered.clear()


def seen(**said: object) -> Picture:
    """A picture that the captioner is done with, with a rendition of 1600 pixels."""
    picture = annas(**said)
    file = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(file, "JPEG")
    storage.write_rendition(storage.rendition_keys(picture)["large"], file.getvalue(), "image/jpeg")
    return picture


def send(picture: Picture) -> bool:
    """Hand a picture to the function as the queue does; tell whether it is done with it."""
    return deliver(description_request(picture.id))


def deliver(body: str) -> bool:
    from describe.handler import handler  # noqa: PLC0415 - after the environment is set

    return handler(batch(body), CONTEXT) == {"batchItemFailures": []}


def captions(picture: Picture) -> list[str]:
    found = catalogue.find(picture.id)
    assert found
    return [each.text for each in found.captions]


def spent(gallery: Gallery) -> int:
    return sum(row["microdollars"] for row in gallery.rows() if row["pk"] == "SPENT")


def test_both_sentences_are_kept_and_say_whose_they_are(llm: LlmServer, api: Api) -> None:
    picture = seen()
    assert send(picture)
    found = api("GET", f"/api/images/{picture.id}").json
    assert found["captions"] == [{"source": "llava", "text": SENTENCE}, {"source": "resnet50", "text": "A pug"}]
    assert (found["caption"], found["model"], found["status"]) == (SENTENCE, "resnet50", "captioned")
    assert [path for path, _, _ in llm.asked] == ["/v1/chat/completions"]


def test_the_model_gets_a_jpeg_of_at_most_1024_pixels_and_no_key_where_none_is_set(llm: LlmServer) -> None:
    send(seen())
    ((_, headers, body),) = llm.asked
    ((picture,),) = [each["content"] for each in body["messages"] if each["role"] == "user"]
    kind, _, data = picture["image_url"]["url"].partition(",")
    assert kind == "data:image/jpeg;base64"
    assert Image.open(io.BytesIO(b64decode(data))).size == (1024, 768)
    assert body["model"] == "llava"
    assert "Authorization" not in headers


def test_the_key_comes_from_secrets_manager(llm: LlmServer, environment: pytest.MonkeyPatch) -> None:
    boto3.client("secretsmanager").create_secret(Name="llm-key", SecretString="sesame")
    environment.setenv("LLM_KEY_SECRET", "llm-key")
    start_anew()
    assert send(seen())
    assert llm.asked[0][1]["Authorization"] == "Bearer sesame"


def test_bedrock_is_asked_by_its_converse_api(llm: LlmServer, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LLM_PROVIDER", "bedrock")
    environment.setenv("LLM_ENDPOINT", llm.url)
    start_anew()
    llm.reply = conversation(SENTENCE)
    picture = seen()
    assert send(picture)
    assert captions(picture) == [SENTENCE, "A pug"]
    ((path, _, body),) = llm.asked
    assert path == "/model/llava/converse"
    image = body["messages"][0]["content"][0]["image"]
    assert image["format"] == "jpeg"
    assert b64decode(image["source"]["bytes"]).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "reply",
    [
        answering(b"{}", 500), answering(b'{"message":"slow down"}', 429), answering(b"{}", 403),
        answering(b"not JSON"), answering(b'{"output":{"message":{"content":7}},"usage":{}}'), answering(b"[]"),
    ],
    ids=["500", "429", "403", "no JSON", "other JSON", "a list"],
)  # fmt: skip
def test_trouble_with_bedrock_leaves_the_caption_there_is(
    llm: LlmServer, environment: pytest.MonkeyPatch, reply: Reply
) -> None:
    environment.setenv("LLM_PROVIDER", "bedrock")
    environment.setenv("LLM_ENDPOINT", llm.url)
    start_anew()
    llm.reply = reply
    picture = seen()
    assert not send(picture)
    assert captions(picture) == ["A pug"]


@pytest.mark.fault("a language model that is slow, overloaded, broken or hostile", "the caption there is stays")
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answering(b"{}", 500), "status 500"),
        (answering(b"{}", 429, Retry_After="7"), "status 429"),
        (answering(b"", 302, Location="http://192.0.2.1/"), "status 302"),
        (answering(b"<html>not JSON"), "something else than a chat completion"),
        (answering(b'{"choices":[]}'), "something else than a chat completion"),
        (answering(b'{"choices":[{"message":{"content":{"a":1}}}]}'), "something else than a chat completion"),
        (answering(b"x" * 2**21), "more than a megabyte"),
        (answering(b"{}", Content_Length="99"), "broken answer"),
        (silent, "no answer within 0.5 seconds"),
        (dripping(b"x" * 100, 0.1), "no answer within 0.5 seconds"),
    ],
    ids=["500", "429", "redirect", "html", "empty", "no text", "huge", "cut short", "silent", "dripping"],
)  # fmt: skip
def test_whatever_an_endpoint_does_the_caption_there_is_stays(llm: LlmServer, reply: Reply, reason: str) -> None:
    llm.reply = reply
    picture = seen()
    began = time.monotonic()
    assert not send(picture)
    assert time.monotonic() - began < 8
    assert captions(picture) == ["A pug"]
    drain(description_request(picture.id))
    (letter,) = listed()
    assert reason in letter.reason
    assert letter.step == "describe"


def reason_kept(picture: Picture) -> str:
    """Return why a picture could not be described, as admins read it."""
    drain(description_request(picture.id))
    (letter,) = listed()
    return letter.reason


@pytest.mark.parametrize("endpoint", ["http://llm.example.org/v1", "ftp://127.0.0.1/v1", "http://192.0.2.1/v1", ""])
def test_a_picture_travels_by_tls_unless_it_stays_on_this_machine(
    llm: LlmServer, environment: pytest.MonkeyPatch, endpoint: str
) -> None:
    environment.setenv("LLM_ENDPOINT", endpoint)
    start_anew()
    picture = seen()
    assert not send(picture)
    assert llm.asked == []
    assert "by https" in reason_kept(picture)  # nothing was tried, not even a connection


def test_an_endpoint_that_is_not_there_costs_nothing(
    llm: LlmServer, gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("LLM_ENDPOINT", "http://127.0.0.1:9/v1")
    start_anew()
    picture = seen()
    assert not send(picture)
    assert spent(gallery) == 0
    assert llm.asked == []


def test_after_eight_failures_nobody_is_asked_until_the_circuit_closes(llm: LlmServer, gallery: Gallery) -> None:
    llm.reply = answering(b"{}", 500)
    pictures = [seen() for _ in range(10)]
    assert not any(send(each) for each in pictures)
    assert len(llm.asked) == 8
    assert spent(gallery) == 0
    (circuit,) = [row for row in gallery.rows() if row["pk"] == "CIRCUIT"]
    assert circuit["state"] == "OPEN"
    opened = {":past": int(time.time()) - 61}
    key = {name: circuit[name] for name in ("pk", "sk")}
    table.update(key, UpdateExpression="SET opened_at = :past", ExpressionAttributeValues=opened)
    start_anew()
    llm.reply = completion(SENTENCE)
    assert send(pictures[0])
    assert captions(pictures[0]) == [SENTENCE, "A pug"]


def test_a_day_costs_no_more_than_is_allowed_and_what_was_left_out_can_be_had_later(
    llm: LlmServer, gallery: Gallery, api: Api, pool: Pool
) -> None:
    assert llm.asked == []
    pictures = [seen() for _ in range(4)]
    # Each may cost 4800 millionths of a dollar and costs 2160, so that a third one still fits into the day's 10000.
    assert all(send(each) for each in pictures)
    assert [len(captions(each)) for each in pictures] == [2, 2, 2, 1]
    assert spent(gallery) == 3 * (1000 * 2 + 20 * 8)
    admin = pool.bearer("root", groups=["admin"])
    (left,) = api("GET", "/api/admin/failures", headers=admin).json["failures"]
    assert (left["image_id"], left["kind"]) == (pictures[3].id, "dead_letter")
    assert "spent" in left["detail"]
    assert api("POST", "/api/admin/failures/redrive", headers=admin).json == {"redriven": 1}
    assert api("GET", "/api/admin/failures", headers=admin).json["failures"] == []


def test_a_picture_is_asked_about_once(llm: LlmServer) -> None:
    picture = seen()
    assert all(send(picture) for _ in range(3))
    assert len(llm.asked) == 1


def test_another_change_at_the_same_time_is_kept(llm: LlmServer) -> None:
    picture = seen()
    fast = completion(SENTENCE)

    def meanwhile(request: BaseHTTPRequestHandler) -> None:
        found = catalogue.find(picture.id)
        assert found
        catalogue.change(found, replace(found, title="On the beach"))
        fast(request)

    llm.reply = meanwhile
    assert send(picture)
    found = catalogue.find(picture.id)
    assert found
    assert (found.title, captions(picture)) == ("On the beach", [SENTENCE, "A pug"])


def test_a_new_reading_keeps_the_sentence_and_new_bytes_do_not(llm: LlmServer) -> None:
    picture = seen()
    send(picture)
    found = catalogue.find(picture.id)
    assert found
    again = catalogue.change(found, captioned(found, CONTENT, READING))
    assert [each.text for each in again.captions] == [SENTENCE, "A pug"]
    other = captioned(found, replace(CONTENT, etag="other"), READING)
    assert [each.text for each in other.captions] == ["A pug"]
    assert llm.asked


@pytest.mark.usefixtures("llm")
def test_what_has_no_caption_is_left_alone() -> None:
    assert describe(ticket().id) == describe("01KAGVQ2W3M8Y6Z5T4R7N9P0XC") == "settled"


def test_its_words_are_found(llm: LlmServer) -> None:
    picture = seen()
    send(picture)
    found = catalogue.find(picture.id)
    assert found
    assert {"sand", "pug"} <= index.words(found).keys()
    assert llm.asked


@pytest.mark.parametrize("said", ["", None, "   ", "I'm sorry, but I can't help with that.", "I cannot say.", "…!?"])
def test_a_refusal_leaves_the_caption_there_is_and_is_not_asked_again(llm: LlmServer, said: str | None) -> None:
    llm.reply = completion(said)
    picture = seen()
    assert send(picture)
    assert captions(picture) == ["A pug"]


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"describe": 7}', '{"describe": "../etc"}', "x"])
def test_messages_about_no_picture_are_dropped(llm: LlmServer, body: str) -> None:
    assert description_requested(body) is None
    assert deliver(body)
    assert llm.asked == []


def test_the_captioner_wishes_for_a_sentence_where_a_model_is_there(
    gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    from caption import handler as captioner  # noqa: PLC0415 - after the environment is set
    from caption.pipeline import Outcome  # noqa: PLC0415 - likewise

    picture = annas()
    environment.setattr(captioner, "attend", lambda _: Outcome(picture))
    message = batch(json.dumps({"Records": [_arrival(picture)]}))
    captioner.handler(message, CONTEXT)
    assert gallery.queued() == []
    environment.setenv("SENTENCE_QUEUE_URL", gallery.queue_url)
    forget_clients()
    captioner.handler(message, CONTEXT)
    assert [description_requested(each) for each in gallery.queued()] == [picture.id]


def _arrival(picture: Picture) -> dict[str, Any]:
    key = storage.original_key(picture.id)
    return {"eventName": "ObjectCreated:Post", "s3": {"object": {"key": key}}}
