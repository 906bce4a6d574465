"""Demo mode: what a picture shows, of which nothing is kept."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel, Field

from caption.classifier import Classification, classifier, labels_of, named
from caption.examine import Rejected, examine, side_of
from caption.sentence import sentence
from gallery import limits
from gallery.api.http import bytes_of, caller_of, resolver, uncached
from gallery.api.openapi import answers, takes_bytes
from gallery.api.quotas import consume_quota
from gallery.captioning.pausing import refuse_while_paused
from gallery.problems import Problem, invalid

MOST = 5

logger = Logger()
app = resolver(stores=False)


class ClassifyResult(BaseModel):
    """One thing the picture may show, and how probable that is."""

    class_name: Annotated[str, Field(examples=["golden retriever"])]
    score: Annotated[float, Field(ge=0, le=1, examples=[0.93])]


class ClassifyAnswer(BaseModel):
    """What a picture shows: a sentence or null, the five likeliest classes, and the model's time in milliseconds."""

    caption: Annotated[str | None, Field(examples=["A golden retriever"])]
    results: Annotated[list[ClassifyResult], Field(min_length=MOST, max_length=MOST)]
    inference_time_ms: Annotated[float, Field(ge=0, examples=[11.8])]


@app.post("/api/classify", tags=["pictures"], responses=answers(ClassifyAnswer, 401, 413, 415, 422, 429, 503))
@takes_bytes("image/*", f"A picture of at most {limits.MAX_CLASSIFY_BYTES // 2**20} MB")
def classify_image() -> Response[ClassifyAnswer]:
    """Say what a picture shows without keeping anything of it."""
    refuse_while_paused()
    consume_quota("trials", 1, caller_of(app), app.current_event)
    answer = classify(app.current_event.headers.get("content-type", ""), bytes_of(app))
    return uncached(HTTPStatus.OK, answer)


def classify(media_type: str, body: bytes) -> ClassifyAnswer:
    """Return what the model sees; raises the 413, 415 or 422 for what can't be looked at, the 503 without a model."""
    if not media_type.lower().startswith("image/"):
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be a picture (Content-Type: image/…).")
    if len(body) > limits.MAX_CLASSIFY_BYTES:
        most = limits.MAX_CLASSIFY_BYTES // 2**20
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The picture is larger than {most} MB.")
    model = classifier()
    if model is None:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "No model is compiled yet, so nobody can look at the picture.")
    try:
        return _answer(model.classify(examine(body, side_of(model)).tensor))
    except Rejected as rejected:
        # Not what a decoder said: it may quote the picture.
        logger.info("rejected", extra={"code": rejected.code})
        raise _problem(rejected) from rejected


def _answer(classification: Classification) -> ClassifyAnswer:
    results = [ClassifyResult(class_name=label.label, score=label.probability) for label in named(classification, MOST)]
    caption = sentence(labels_of(classification))
    return ClassifyAnswer(
        caption=caption, results=results, inference_time_ms=round(classification.inference_time_ms, 2)
    )


def _problem(rejected: Rejected) -> Problem:
    match rejected.code:
        case "too_large":
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, rejected.detail)
        case "unsupported_format":
            return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, rejected.detail)
        case _:
            return invalid("body", rejected.detail)
