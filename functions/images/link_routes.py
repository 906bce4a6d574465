"""The routes behind a link to an album: for whoever has it, without an account. `Authorization` counts for nothing."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import BaseModel

from gallery import limits
from gallery.api.days import Day
from gallery.api.http import uncached
from gallery.api.image import Image
from gallery.api.openapi import answers
from gallery.api.opening import Opened, open_link
from gallery.api.paging import Cursor, Limit
from gallery.pictures import album_lists
from images import guests, linked
from images.link_models import GuestUploads, GuestUploadsAnswer, LinkReport, LinkReportNoted, LinkView
from images.listing import Order, Part
from images.models import DownloadAnswer, ImagesAnswer, TimelineAnswer

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # powertools types no argument of it

Password = Annotated[
    str | None, Header(alias="X-Link-Password", description="The link's password, as percent-encoded UTF-8")
]
Access = Annotated[str | None, Header(alias="X-Link-Access", description="What the link said of `access`")]
Visit = Annotated[str | None, Header(alias="X-Visit", description="What the first upload said of `visit`")]


@router.get("/api/links/<token>", tags=["links"], responses=answers(LinkView, 401, 404, 429))
def link(token: str, password: Password = None, access: Access = None) -> Response[Any]:  # noqa: ARG001 - described
    """Open a link: what album it shows, and what it allows."""
    return _private(linked.show(_opened(token)))


@router.get("/api/links/<token>/images", tags=["links"], responses=answers(ImagesAnswer, 400, 401, 404, 422, 429))
def link_images(  # noqa: PLR0913, PLR0917 - each is a parameter of the contract
    token: str,
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    order: Annotated[album_lists.Order | None, Query(description="Left out, the album's own")] = None,
    first: Annotated[Day | None, Query(alias="from", description="The first day, with order=taken")] = None,
    last: Annotated[Day | None, Query(alias="to", description="The last day, with order=taken")] = None,
    mine: Annotated[bool, Query(description="What this visit added, whether or not it waits for the owner")] = False,
    password: Password = None,  # noqa: ARG001 - described, and read where links are opened
    access: Access = None,  # noqa: ARG001
    visit: Visit = None,  # noqa: ARG001
) -> Response[Any]:
    """List what a link shows, or what this visit added."""
    return _private(linked.page(_opened(token), Order(order, first, last), Part(limit, cursor), mine=mine))


@router.get("/api/links/<token>/timeline", tags=["links"], responses=answers(TimelineAnswer, 401, 404, 429))
def link_timeline(token: str) -> Response[Any]:
    """Count what a link shows in each month."""
    return _private(linked.months_of(_opened(token)))


@router.get(
    "/api/links/<token>/cover",
    tags=["links"],
    responses=answers(None, 404, 429, r302="To a picture of 1.91:1, for previews"),
)
def link_cover(token: str) -> Response[Any]:
    """Lead to the picture that stands for a link in previews; a link with a password has none."""
    return _redirect(linked.cover(token))


@router.get("/api/links/<token>/images/<image_id>", tags=["links"], responses=answers(Image, 401, 404, 429))
def link_image(token: str, image_id: str, visit: Visit = None) -> Response[Any]:  # noqa: ARG001 - described
    """Get one picture that a link shows, or that this visit added."""
    return _private(linked.image(_opened(token), image_id))


@router.get(
    "/api/links/<token>/images/<image_id>/download",
    tags=["links"],
    responses=answers(DownloadAnswer, 401, 403, 404, 422, 429, r302="To the bytes, as an attachment"),
)
def link_download(token: str, image_id: str, format: Literal["json"] | None = None) -> Response[Any]:  # noqa: A002
    """Save a picture that a link hands out: by default a redirect to its bytes, with format=json the address itself."""
    file = linked.download(_opened(token), image_id)
    return _private(file) if format == "json" else _redirect(file.url)


@router.post(
    "/api/links/<token>/uploads",
    tags=["links"],
    responses=answers(GuestUploadsAnswer, 400, 401, 403, 404, 409, 422, 429, status=201),
    status_code=201,
)
def link_upload(
    token: str,
    request: Annotated[GuestUploads, Body()],
    visit: Visit = None,
    password: Password = None,  # noqa: ARG001 - described, and read where links are opened
    access: Access = None,  # noqa: ARG001
) -> Response[Any]:
    """Ask for tickets to add files to the album behind a link."""
    opened = _opened(token)
    return _private(guests.admit(opened, request, visit, router.current_event), HTTPStatus.CREATED)


@router.delete(
    "/api/links/<token>/images/<image_id>", tags=["links"], responses=answers(None, 401, 404, 409, 429, status=204)
)
def link_take_back(token: str, image_id: str, visit: Visit = None) -> Response[None]:  # noqa: ARG001 - described
    """Delete for good what this visit added."""
    guests.take_back(_opened(token), image_id)
    return Response(HTTPStatus.NO_CONTENT)


@router.post(
    "/api/links/<token>/images/<image_id>/report",
    tags=["links"],
    responses=answers(LinkReportNoted, 400, 401, 404, 422, 429, status=202),
    status_code=202,
)
def link_report(token: str, image_id: str, request: Annotated[LinkReport, Body()]) -> Response[Any]:
    """Tell the album's owner that a picture should not be shown."""
    guests.report(_opened(token), image_id, request.reason, router.current_event)
    return _private(LinkReportNoted(), HTTPStatus.ACCEPTED)


def _opened(token: str) -> Opened:
    return open_link(token, router.current_event)


def _private(body: BaseModel, status: HTTPStatus = HTTPStatus.OK) -> Response[Any]:
    return uncached(status, body, {"Referrer-Policy": "no-referrer"})


def _redirect(address: str) -> Response[Any]:
    headers = {"Location": address, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(HTTPStatus.FOUND, headers=headers)
