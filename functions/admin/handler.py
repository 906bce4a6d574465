"""The Lambda behind the admins' API."""

from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from admin.failures import FailuresAnswer, RedriveAnswer, failures, redrive
from admin.pausing import PauseAnswer, PauseRequest, pause, resume
from gallery import limits
from gallery.http import require_admin, resolver
from gallery.openapi import answers

logger = Logger()
app = resolver()


@app.get("/api/admin/failures", tags=["operation"], responses=answers(FailuresAnswer, 400, 401, 403, 422))
def list_failures(
    limit: Annotated[int, Query(ge=1, le=limits.MAX_PAGE, description="How many at the most")] = limits.DEFAULT_PAGE,
    cursor: Annotated[str | None, Query(max_length=100, description="Where the last page ended")] = None,
) -> FailuresAnswer:
    """List failed pictures and dead letters with their reasons; for admins."""
    require_admin(app)
    return failures(limit, cursor)


@app.post(
    "/api/admin/failures/redrive",
    tags=["operation"],
    responses=answers(RedriveAnswer, 401, 403, status=202),
    status_code=202,
)
def redrive_failures() -> RedriveAnswer:
    """Send up to 100 dead letters to the captioner again; for admins."""
    caller = require_admin(app)
    answer = redrive()
    logger.info("redriven", extra={"redriven": answer.redriven, "by": caller.sub})
    return answer


@app.post("/api/admin/pause", tags=["operation"], responses=answers(PauseAnswer, 400, 401, 403, 422))
def pause_captioning(request: Annotated[PauseRequest, Body()]) -> PauseAnswer:
    """Stop looking at pictures, which is what costs money; those that come wait. For admins."""
    caller = require_admin(app)
    answer = pause(request)
    logger.info("paused", extra={"reason": request.reason, "by": caller.sub})
    return answer


@app.post("/api/admin/resume", tags=["operation"], responses=answers(PauseAnswer, 401, 403))
def resume_captioning() -> PauseAnswer:
    """Look at pictures again, first at those that waited; for admins."""
    caller = require_admin(app)
    answer = resume()
    logger.info("resumed", extra={"by": caller.sub})
    return answer


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
