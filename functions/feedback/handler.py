"""The Lambda behind votes on search results and what admins read from them."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from feedback.analytics import feedback_on, feedback_page
from feedback.exports import Job, address_of_file, make
from feedback.models import (
    Analytics,
    FeedbackAnswer,
    FeedbackFile,
    FeedbackFilePending,
    FeedbackPage,
    FeedbackRequest,
    QueryText,
)
from feedback.reporting import ReportAnswer, ReportRequest, report
from feedback.voters import voter
from feedback.voting import take
from gallery import limits
from gallery.api.http import caller_of, require_admin, resolver, uncached
from gallery.api.openapi import answers
from gallery.feedback.votes import normalised
from gallery.problems import foreign_cursor

logger = Logger()
app = resolver()

Limit = Annotated[int, Query(ge=1, le=limits.MAX_PAGE, description="How many queries at the most")]
Cursor = Annotated[str | None, Query(description="Where the last page ended")]
OneQuery = Annotated[QueryText | None, Query(description="This query alone")]


@app.post(
    "/api/feedback",
    tags=["search"],
    responses=answers(FeedbackAnswer, 400, 401, 403, 422, 503, status=202),
    status_code=202,
)
def give_feedback(request: Annotated[FeedbackRequest, Body()]) -> FeedbackAnswer:
    """Say which pictures are right or wrong for a query; a later vote on the same picture replaces the earlier one."""
    caller = caller_of(app)
    accepted = take(request.feedback, caller, voter(caller, app.current_event))
    with single_metric("FeedbackEntries", MetricUnit.Count, accepted):
        pass
    return FeedbackAnswer(accepted=accepted)


@app.post(
    "/api/reports",
    tags=["operation"],
    responses=answers(ReportAnswer, 400, 401, 403, 404, 422, 429, 503, status=202),
    status_code=202,
)
def report_something(request: Annotated[ReportRequest, Body()]) -> ReportAnswer:
    """Report that a picture or post should not be shown; repeated by the same person it counts once."""
    return report(request, caller_of(app), app.current_event)


@app.get(
    "/api/analytics",
    tags=["search"],
    responses=answers(Analytics, 400, 401, 403, 422, 503) | answers(FeedbackFilePending, status=202),
)
def analytics(
    query: OneQuery = None,
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    format: Literal["json", "csv"] = "json",  # noqa: A002 - the contract's
) -> Response[Any]:
    """List what people said of search results, most voted queries first, or make a CSV file of it; for admins."""
    require_admin(app)
    if format == "csv":
        return _file(address_of_file(normalised(query or "")))
    return uncached(HTTPStatus.OK, _page(query, limit, cursor))


def _page(query: str | None, limit: int, cursor: str | None) -> FeedbackPage:
    if query is None:
        return feedback_page(limit, cursor)
    if cursor is not None:
        raise foreign_cursor()
    return feedback_on(query)


def _file(url: str | None) -> Response[Any]:
    if url is None:
        return uncached(HTTPStatus.ACCEPTED, FeedbackFilePending(), {"Retry-After": "2"})
    return uncached(HTTPStatus.OK, FeedbackFile(url=url))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0), or make a file that one asked for."""
    if "export" in event:
        return {"made": make(Job(**event["export"]))}
    return app.resolve(event, context)
