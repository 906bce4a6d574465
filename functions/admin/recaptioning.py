"""Having every picture captioned again, one job at a time."""

from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from ulid import ULID

from gallery.admin.audit_log import logged
from gallery.captioning import pausing, recaptions
from gallery.captioning.recaptions import Job, State
from gallery.jobs.superseded import JobSuperseded
from gallery.pictures.access import Caller
from gallery.problems import Problem, invalid


class RecaptionRequest(BaseModel):
    """By which model to caption every picture again; the one that captions new pictures unless another is named."""

    model_config = ConfigDict(extra="forbid")

    model: Annotated[str | None, Field(max_length=100, examples=["ResNet50"])] = None


class RecaptionProgress(BaseModel):
    """How far a job is: `sent` of about `total` pictures are in the queue or were; so many were captioned or failed."""

    model: str
    by: str
    since: str
    state: State
    total: int
    sent: int
    captioned: int
    failed: int


class RecaptionAnswer(BaseModel):
    """The models there are, the one for new pictures first, and the last job, null before there was any."""

    models: list[str]
    job: RecaptionProgress | None


def progress() -> RecaptionAnswer:
    """Return how far the last job is."""
    job = recaptions.current()
    return RecaptionAnswer(models=list(recaptions.models()), job=_told(job) if job else None)


def begin(request: RecaptionRequest, caller: Caller) -> RecaptionAnswer:
    """Begin a job; raises the 422 for a model that is not there, and the 409 while another job is under way."""
    models = recaptions.models()
    model = request.model or next(iter(models), "")
    if model not in models:
        known = f"There are {', '.join(models)}." if models else "None is compiled yet."
        raise invalid("model", f"There is no such model. {known}")
    with logged(caller, "recaption", f"model {model}"):
        former = recaptions.current()
        if former and recaptions.state_of(former) != "done":
            raise _under_way(former)
        job_id = str(ULID())
        try:
            recaptions.begin(job_id, model, caller.sub or "", former)
        except JobSuperseded as error:
            raise _under_way(recaptions.current()) from error
        recaptions.continue_sending(job_id)
    return progress()


def send(event: dict[str, Any], left_ms: Any) -> dict[str, bool]:  # noqa: ANN401 - Lambda's own function
    """Send a job's pictures as long as there is time, and have the rest sent by another call.

    Each call has the brake see that they are taken from their queue, in case a former one was killed before it did.
    """
    pausing.enforce()
    left = recaptions.send(event["recaption"], left_ms)
    if left:
        recaptions.continue_sending(event["recaption"])
    return {"left": left}


def _under_way(job: Job | None) -> Problem:
    done = f": {job.captioned + job.failed} of {max(job.total, job.sent)} by {job.model}" if job else ""
    return Problem(HTTPStatus.CONFLICT, f"Pictures are being captioned again already{done}.")


def _told(job: Job) -> RecaptionProgress:
    return RecaptionProgress(
        model=job.model,
        by=job.by,
        since=job.since,
        state=recaptions.state_of(job),
        total=max(job.total, job.sent),
        sent=job.sent,
        captioned=min(job.captioned, job.sent),
        failed=min(job.failed, job.sent),
    )
