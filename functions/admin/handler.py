"""The Lambda behind the admins' API."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from admin import allowance, moderation, people
from admin.allowance import AllowanceAnswer, AllowanceRequest
from admin.audit import LogAnswer, audit
from admin.failures import FailuresAnswer, RedriveAnswer, failures, redrive
from admin.moderation import Decision, DecisionAnswer, ReportsAnswer, decide
from admin.overview import StatsAnswer, stats
from admin.pausing import PauseAnswer, PauseRequest, pause, resume
from admin.people import ErasureAnswer, Invitation, InvitationAnswer, PeopleAnswer
from admin.recaptioning import RecaptionAnswer, RecaptionRequest, begin, progress, send
from gallery import limits
from gallery.admin.audit_log import logged
from gallery.api.http import require_admin, resolver
from gallery.api.openapi import answers
from gallery.api.paging import Limit
from gallery.feedback.reports import Kind, List
from gallery.pictures.model import IMAGE_ID

logger = Logger()
app = resolver()

Cursor = Annotated[str | None, Query(max_length=200, description="Where the last page ended")]
ThingId = Annotated[str, Path(pattern=IMAGE_ID)]


@app.get("/api/admin/failures", tags=["operation"], responses=answers(FailuresAnswer, 400, 401, 403, 422))
def list_failures(
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
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
    with logged(require_admin(app), "redrive"):
        return redrive()


@app.post("/api/admin/pause", tags=["operation"], responses=answers(PauseAnswer, 400, 401, 403, 422))
def pause_captioning(request: Annotated[PauseRequest, Body()]) -> PauseAnswer:
    """Stop looking at pictures, which is what costs money; those that come wait. For admins."""
    with logged(require_admin(app), "pause", request.reason):
        return pause(request)


@app.post("/api/admin/resume", tags=["operation"], responses=answers(PauseAnswer, 401, 403))
def resume_captioning() -> PauseAnswer:
    """Look at pictures again, first at those that waited; for admins."""
    with logged(require_admin(app), "resume"):
        return resume()


@app.post("/api/admin/allowance", tags=["operation"], responses=answers(AllowanceAnswer, 400, 401, 403, 422))
def allow_import(request: Annotated[AllowanceRequest, Body()]) -> AllowanceAnswer:
    """Let a planned import pass the limits of an hour and a day; a budget still stops it. For admins."""
    with logged(require_admin(app), "allowance", f"{request.pictures} pictures until {request.until.isoformat()}"):
        return allowance.grant(request)


@app.get("/api/admin/stats", tags=["operation"], responses=answers(StatsAnswer, 401, 403))
def admin_stats() -> StatsAnswer:
    """Tell how many pictures there are, what they weigh, how many get captions, and what that costs; for admins."""
    require_admin(app)
    return stats()


@app.get("/api/admin/recaption", tags=["operation"], responses=answers(RecaptionAnswer, 401, 403))
def recaption_progress() -> RecaptionAnswer:
    """Tell how far captioning every picture again is, and by which models that can be done; for admins."""
    require_admin(app)
    return progress()


@app.post(
    "/api/admin/recaption",
    tags=["operation"],
    responses=answers(RecaptionAnswer, 400, 401, 403, 409, 422, status=202),
    status_code=202,
)
def recaption_everything(request: Annotated[RecaptionRequest, Body()]) -> RecaptionAnswer:
    """Caption every picture again; each keeps its caption until it has the new one. For admins."""
    return begin(request, require_admin(app))


@app.get("/api/admin/people", tags=["operation"], responses=answers(PeopleAnswer, 400, 401, 403, 422))
def list_people(
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    username: Annotated[str | None, Query(min_length=1, max_length=30, description="This person alone")] = None,
) -> PeopleAnswer:
    """List everybody who was here signed in; for admins."""
    return people.list_people(username, limit, cursor, require_admin(app))


@app.post(
    "/api/admin/people",
    tags=["operation"],
    responses=answers(InvitationAnswer, 400, 401, 403, 409, 422, 429, 503, status=202),
    status_code=202,
)
def invite_person(request: Annotated[Invitation, Body()]) -> InvitationAnswer:
    """Invite somebody by e-mail; for admins."""
    return people.invite(request, require_admin(app))


@app.post(
    "/api/admin/people/<username>/disable",
    tags=["operation"],
    responses=answers(None, 401, 403, 404, 409, status=204),
)
def disable_person(username: str) -> Response[None]:
    """Refuse whatever somebody sends from now on, and end their sessions; for admins."""
    people.disable(username, require_admin(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.post(
    "/api/admin/people/<username>/enable", tags=["operation"], responses=answers(None, 401, 403, 404, 409, status=204)
)
def enable_person(username: str) -> Response[None]:
    """Let somebody who was disabled go on; for admins."""
    people.enable(username, require_admin(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.delete(
    "/api/admin/people/<username>",
    tags=["operation"],
    responses=answers(ErasureAnswer, 401, 403, 404, 409, status=202),
    status_code=202,
)
def delete_person(username: str) -> ErasureAnswer:
    """Block somebody at once, and erase all that is theirs; for admins."""
    return people.delete(username, require_admin(app))


@app.get("/api/admin/reports", tags=["operation"], responses=answers(ReportsAnswer, 400, 401, 403, 422))
def list_reports(
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    which: Annotated[List, Query(alias="list", description="What no admin has decided about, or what is hidden")] = (
        "undecided"
    ),
) -> ReportsAnswer:
    """List what people say should not be shown, or what admins have hidden, most reported first; for admins."""
    require_admin(app)
    return moderation.list_reports(which, limit, cursor)


@app.post(
    "/api/admin/reports/<kind>/<thing_id>/<decision>",
    tags=["operation"],
    responses=answers(DecisionAnswer, 401, 403, 404, 409, 422),
)
def decide_report(kind: Kind, thing_id: ThingId, decision: Decision) -> DecisionAnswer:
    """Hide what was reported, give it back, or dismiss what was said of it; for admins."""
    return decide(kind, thing_id, decision, require_admin(app))


@app.post(
    "/api/admin/images/<image_id>/hide", tags=["operation"], responses=answers(DecisionAnswer, 401, 403, 404, 409, 422)
)
def hide_image(image_id: ThingId) -> DecisionAnswer:
    """Hide a picture from all but its owner and admins, though nobody reported it; for admins."""
    return decide("image", image_id, "hide", require_admin(app))


@app.post(
    "/api/admin/images/<image_id>/restore",
    tags=["operation"],
    responses=answers(DecisionAnswer, 401, 403, 404, 409, 422),
)
def restore_image(image_id: ThingId) -> DecisionAnswer:
    """Give a hidden picture back the visibility it had; for admins."""
    return decide("image", image_id, "restore", require_admin(app))


@app.get("/api/admin/log", tags=["operation"], responses=answers(LogAnswer, 400, 401, 403, 422))
def admin_log(limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> LogAnswer:
    """List what admins did, newest first; for admins."""
    require_admin(app)
    return audit(limit, cursor)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0), or go on with a job that one began."""
    if "recaption" in event:
        return send(event, context.get_remaining_time_in_millis)
    return app.resolve(event, context)
