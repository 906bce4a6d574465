"""Reporting what should not be shown."""

from typing import Annotated, Literal

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from gallery import limits
from gallery.api.client_identity import identity
from gallery.api.image import ImageId
from gallery.api.one_line import one_line
from gallery.api.quotas import consume_quota
from gallery.feedback import reports
from gallery.pictures.access import Caller
from gallery.pictures.viewing import find_image
from gallery.posts import posts

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.MAX_REASON_LENGTH),
    AfterValidator(one_line),
]


class ReportRequest(BaseModel):
    """Which picture or post should not be shown, and why."""

    model_config = ConfigDict(extra="forbid")

    image_id: ImageId | None = None
    post_id: Annotated[ImageId | None, Field(examples=[None])] = None
    reason: Annotated[Reason, Field(examples=["This is a photograph of mine, taken from my site."])]

    @model_validator(mode="after")
    def _about_one(self) -> "ReportRequest":
        if (self.image_id is None) == (self.post_id is None):
            raise ValueError("Report one image_id or one post_id.")
        return self


class ReportAnswer(BaseModel):
    """The report is noted; an admin will look at it."""

    status: Literal["noted"] = "noted"


def report(body: ReportRequest, caller: Caller, request: APIGatewayProxyEventV2) -> ReportAnswer:
    """Note a report, once for each sender and thing.

    Raises the 404 for what the caller may not see, the 429 for too many within the hour.
    """
    consume_quota("reports", 1, caller, request)
    reporter = identity(caller, request)
    if body.image_id:
        reports.report("image", find_image(body.image_id, caller).id, body.reason, reporter)
    elif body.post_id:
        reports.report("post", _seen_post(body.post_id, caller), body.reason, reporter)
    return ReportAnswer()


def _seen_post(post_id: str, caller: Caller) -> str:
    post = posts.find(post_id)
    if post is None or not posts.is_for(post, caller):
        raise posts.no_such_post()
    find_image(post.image_id, caller)
    return post.id
