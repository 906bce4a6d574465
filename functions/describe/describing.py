"""From a captioned picture to one with a second sentence, so that a repeat asks nobody and a failure loses nothing."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Literal

from aws_lambda_powertools.utilities.circuit_breaker import CircuitBreakerConfig, circuit_breaker
from aws_lambda_powertools.utilities.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence
from PIL import Image

from describe import bedrock, budget, chat
from describe.answer import Answer, ModelError
from describe.config import config
from describe.sentence import sentence
from gallery.aws import table
from gallery.captioning import dead_letters
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Description, Picture
from gallery.settings import settings
from gallery.timestamps import now

Outcome = Literal["described", "settled", "unaffordable", "silent"]

LONGEST_SIDE = 1024
_QUALITY = 80
_BREAKER = CircuitBreakerConfig(
    failure_threshold=8, recovery_timeout=60, success_threshold=1, handled_exceptions=ModelError
)
"""More failures than one picture has tries, which alone closes the way to no other."""
_SPENT = "What sentences may cost in a day is spent; it can be asked for again tomorrow."


def describe(image_id: str) -> Outcome:
    """Have a model write about a picture, unless it has; raises ModelError or CircuitBreakerOpenError where it cannot.

    Where the day's budget is spent, a dead letter is left, from which an admin can have it tried again.
    """
    picture = catalogue.find(image_id)
    if picture is None or not _wants_sentence(picture):
        return "settled"
    try:
        answer = _affordable(_scaled(picture))
    except budget.BudgetExceeded:
        dead_letters.record_failure_for(image_id, "describe", _SPENT)
        return "unaffordable"
    text = sentence(answer.text)
    return "silent" if text is None else _write_down(picture, text)


def _wants_sentence(picture: Picture) -> bool:
    return picture.status == "captioned" and not picture.is_described


def _scaled(picture: Picture) -> bytes:
    """Return the large rendition as a JPEG with no side longer than 1024 pixels."""
    image = Image.open(BytesIO(storage.read_rendition(storage.rendition_keys(picture)["large"])))
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    file = BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _affordable(jpeg: bytes) -> Answer:
    reserved = budget.reserve()
    try:
        answer: Answer = _guarded()(jpeg)
    except Exception as error:
        if not isinstance(error, ModelError) or not error.billed:
            budget.give_back(reserved)
        raise
    budget.correct(reserved, answer)
    return answer


@cache
def _guarded():  # type: ignore[no-untyped-def] # noqa: ANN202 - powertools gives it no type
    """Return the call of the model behind a circuit breaker, whose state all of the function's processes share."""
    store = CircuitBreakerDynamoDBPersistence(
        settings().table_name,
        key_attr="pk",
        sort_key_attr="sk",
        static_pk_value="CIRCUIT",
        expiry_attr="expires_at",
        boto3_client=table.sdk_client(),
    )
    ask = bedrock.ask if config().provider == "bedrock" else chat.ask
    return circuit_breaker(config().model, store, config=_BREAKER)(ask)


def _write_down(picture: Picture, text: str) -> Outcome:
    """Write the sentence down, unless the bytes are no longer those that the model saw."""
    if picture.content is None:
        raise AssertionError("a captioned picture has content")
    description = Description(config().model, text, picture.content.etag, now())

    def described(picture: Picture) -> Picture | None:
        of_these_bytes = picture.content is not None and picture.content.etag == description.etag
        return replace(picture, description=description) if of_these_bytes and _wants_sentence(picture) else None

    return "described" if catalogue.update(picture, described) else "settled"
