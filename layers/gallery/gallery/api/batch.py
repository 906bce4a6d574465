"""One action upon each of many pictures: what a caller sends and hears, and that none of them stops another."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from gallery import limits
from gallery.api.http import problem_of

_MAX_WORKERS = 8

Act = Callable[[str], HTTPStatus]
"""Does what a batch is for to the picture of an id; raises what the single call answers otherwise."""


def _each_once(ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise PydanticCustomError("repeated", "Each id may stand here once.")
    return ids


BatchIds = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=100)]],
    Field(min_length=1, max_length=limits.MAX_IDS, examples=[["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"]]),
    AfterValidator(_each_once),
]


class BatchResult(BaseModel):
    """What became of one picture: the status and, where it is an error, the detail of the single call's answer."""

    id: Annotated[str, Field(examples=["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"])]
    status: Annotated[int, Field(examples=[200])]
    detail: Annotated[str | None, Field(examples=[None])] = None


class BatchAnswer(BaseModel):
    """One result for each id, in order."""

    results: list[BatchResult]


def act_on_each(act: Act, ids: Sequence[str]) -> BatchAnswer:
    """Answer each id, in order, as the single call would; what is not begun in time is a 503 and may be sent again."""
    answer = partial(_answer, act, time.monotonic() + limits.BATCH_SECONDS)
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        return BatchAnswer(results=list(pool.map(answer, ids)))


def _answer(act: Act, ends: float, image_id: str) -> BatchResult:
    if time.monotonic() > ends:
        return BatchResult(id=image_id, status=HTTPStatus.SERVICE_UNAVAILABLE, detail=_LATE)
    try:
        return BatchResult(id=image_id, status=act(image_id))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other pictures are no worse for it
        problem = problem_of(error)
        return BatchResult(id=image_id, status=problem.status, detail=problem.detail)


_LATE = "There was no time left for this image. Send it again."
