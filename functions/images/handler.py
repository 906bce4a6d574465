"""The Lambda behind the pictures' API: the routes, each of which says in a line or two what happens."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import limits
from gallery.api.batch import BatchAnswer
from gallery.api.days import Day
from gallery.api.http import caller_of, resolver, signed_in, uncached
from gallery.api.image import Image, present_all
from gallery.api.openapi import answers, text
from gallery.api.paging import Cursor, Limit
from gallery.captioning import allowance, pausing
from gallery.mosaics.mosaics import TileSet
from gallery.pictures import album_lists
from gallery.pictures.access import Caller
from gallery.pictures.filenames import ENDINGS
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_shared
from gallery.settings import settings
from images.batch import act_upon
from images.deletion import delete
from images.docs import PAGE, OpenApiDocument, whole_document
from images.downloads import download
from images.edits import edit, etag
from images.favourites import set_favourite
from images.fields import fields_in, to_json
from images.link_routes import router
from images.listing import Filter, Order, Part, list_images, list_labels, timeline
from images.models import (
    BatchRequest,
    DownloadAnswer,
    HealthAnswer,
    IdentitySettings,
    ImageChange,
    ImagesAnswer,
    ImagesAround,
    LabelsAnswer,
    MosaicBegun,
    MosaicReady,
    MosaicRequest,
    MosaicState,
    SendingLimits,
    SettingsAnswer,
    StackReview,
    StacksAnswer,
    TimelineAnswer,
    UploadLimits,
    UploadsAnswer,
    UploadsRequest,
)
from images.mosaics import ask_for, state_of
from images.stacks import list_stacks, review
from images.tickets import admit
from images.trash import move

logger = Logger()
app = resolver()
app.include_router(router)

Text = Annotated[str | None, Query(min_length=1, max_length=100)]


@app.post(
    "/api/uploads",
    tags=["pictures"],
    responses=answers(UploadsAnswer, 400, 401, 403, 404, 409, 422, 429, status=201),
    status_code=201,
)
def upload(request: Annotated[UploadsRequest, Body()]) -> UploadsAnswer:
    """Ask for tickets to upload files."""
    uploads = admit(request.files, caller_of(app), app.current_event)
    with single_metric("UploadTickets", MetricUnit.Count, sum(answer.status == "ready" for answer in uploads)):
        pass
    return UploadsAnswer(uploads=uploads)


@app.get("/api/images", tags=["pictures"], responses=answers(ImagesAround | ImagesAnswer, 400, 401, 404, 422))
def images(  # noqa: PLR0913, PLR0917 - each is a parameter of the contract
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    label: Text = None,
    owner: Text = None,
    status: Literal["pending", "captioned", "failed"] | None = None,
    ids: Annotated[str | None, Query(max_length=3000, description="Up to 100 ids, separated by commas")] = None,
    favourite: Annotated[bool, Query(description="One's own favourites, by when they were chosen")] = False,
    archived: Annotated[bool, Query(description="What one has archived; needs sign-in")] = False,
    trashed: Annotated[bool, Query(description="What is in one's own trash; needs sign-in")] = False,
    album: Annotated[str | None, Query(max_length=100, description="An album that you may see")] = None,
    review: Annotated[Literal["pending"] | None, Query(description="Guests' pictures that wait for you")] = None,
    order: Annotated[album_lists.Order | None, Query(description="Left out, of an album its own, else `added`")] = None,
    first: Annotated[Day | None, Query(alias="from", description="The first day, with order=taken")] = None,
    last: Annotated[Day | None, Query(alias="to", description="The last day, with order=taken")] = None,
    around: Annotated[str | None, Query(max_length=100, description="The page that has the picture of this id")] = None,
    fields: Annotated[
        str | None, Query(max_length=1000, description="All but these left out, such as urls.small,title")
    ] = None,
) -> Response[Any]:
    """List pictures, newest first; at most one of the filters may be given, of which `limit`, `cursor` … are none."""
    filter_ = Filter(label, owner, status, ids, favourite or None, archived or None, trashed or None, album, review)
    part = Part(limit, cursor, around, fields_in(fields))
    answer = list_images(filter_, Order(order, first, last), part, caller_of(app))
    return Response(HTTPStatus.OK, "application/json", to_json(answer, part.fields))


@app.get("/api/timeline", tags=["pictures"], responses=answers(TimelineAnswer, 401, 404, 422))
def months(
    owner: Text = None,
    favourite: Annotated[bool, Query(description="One's own favourites among one's own")] = False,
    archived: Annotated[bool, Query(description="What one has archived; needs sign-in")] = False,
    album: Annotated[str | None, Query(max_length=100, description="An album that you may see")] = None,
) -> TimelineAnswer:
    """Count what is listed by date in each month; use at most one of owner, favourite, archived and album."""
    filter_ = Filter(owner=owner, favourite=favourite or None, archived=archived or None, album=album)
    return timeline(filter_, caller_of(app))


@app.get("/api/labels", tags=["pictures"], responses=answers(LabelsAnswer, 401))
def labels() -> LabelsAnswer:
    """List the labels of public pictures, most used first."""
    return list_labels()


@app.get("/api/images/<image_id>", tags=["pictures"], responses=answers(Image, 401, 404))
def image(image_id: str) -> Response[Image]:
    """Get one picture."""
    return _image(*find_shared(image_id, caller_of(app)))


@app.patch(
    "/api/images/<image_id>",
    tags=["pictures"],
    responses=answers(Image, 400, 401, 403, 404, 409, 412, 422, 428),
)
def change_image(
    image_id: str,
    change: Annotated[ImageChange, Body()],
    if_match: Annotated[str | None, Header(alias="If-Match", description="The version, in quotes")] = None,
) -> Response[Image]:
    """Change what is said of the version you saw, who sees it, and whether it is archived."""
    caller = caller_of(app)
    return _image(edit(image_id, change, if_match, caller), caller)


def _image(picture: Picture, caller: Caller) -> Response[Image]:
    (shown,) = present_all([picture], caller)
    return Response(HTTPStatus.OK, "application/json", shown, headers={"ETag": etag(picture)})


@app.delete("/api/images/<image_id>", tags=["pictures"], responses=answers(None, 401, 403, 404, status=204))
def delete_image(image_id: str) -> Response[None]:
    """Delete a picture, its record and original at once."""
    delete(image_id, caller_of(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.put(
    "/api/images/<image_id>/favourite", tags=["pictures"], responses=answers(None, 401, 403, 404, 409, 503, status=204)
)
def mark_favourite(image_id: str) -> Response[None]:
    """Make a picture one's favourite; idempotent."""
    set_favourite(image_id, signed_in(app), caller_of(app), favourite=True)
    return Response(HTTPStatus.NO_CONTENT)


@app.delete(
    "/api/images/<image_id>/favourite", tags=["pictures"], responses=answers(None, 401, 403, 404, 409, 503, status=204)
)
def unmark_favourite(image_id: str) -> Response[None]:
    """Make a picture no favourite of one's any more; idempotent."""
    set_favourite(image_id, signed_in(app), caller_of(app), favourite=False)
    return Response(HTTPStatus.NO_CONTENT)


@app.post("/api/images/<image_id>/trash", tags=["pictures"], responses=answers(Image, 401, 403, 404, 409))
def put_image_into_trash(image_id: str) -> Response[Image]:
    """Put a picture into the trash, where its owner and admins alone see it, for 30 days; idempotent."""
    caller = caller_of(app)
    return _image(move("trash", image_id, caller), caller)


@app.post("/api/images/<image_id>/restore", tags=["pictures"], responses=answers(Image, 401, 403, 404, 409))
def take_image_out_of_trash(image_id: str) -> Response[Image]:
    """Take a picture out of the trash, as it was; one that is not there stays as it is."""
    caller = caller_of(app)
    return _image(move("restore", image_id, caller), caller)


@app.post("/api/images/batch", tags=["pictures"], responses=answers(BatchAnswer, 400, 401, 403, 404, 409, 422))
def change_images(request: Annotated[BatchRequest, Body()]) -> BatchAnswer:
    """Delete, trash, archive or date many pictures, change who sees them, labels, favourites; as the single calls."""
    return act_upon(request.root, caller_of(app))


@app.get("/api/stacks", tags=["pictures"], responses=answers(StacksAnswer, 400, 401, 422))
def stacks(limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> StacksAnswer:
    """List near copies among one's own pictures: bursts, and what was saved again."""
    return list_stacks(limit, cursor, caller_of(app))


@app.post("/api/stacks/<stack_id>", tags=["pictures"], responses=answers(BatchAnswer, 400, 401, 404, 422))
def review_stack(stack_id: str, request: Annotated[StackReview, Body()]) -> BatchAnswer:
    """Say which picture of a stack is best, which stay by themselves, and which go into the trash."""
    return review(stack_id, request, caller_of(app))


@app.get(
    "/api/images/<image_id>/download",
    tags=["pictures"],
    responses=answers(DownloadAnswer, 401, 404, 422, r302="To the bytes, as an attachment"),
)
def download_image(image_id: str, format: Literal["json"] | None = None) -> Response[Any]:  # noqa: A002 - the contract's
    """Save a picture: by default a redirect to its bytes, with format=json the address itself."""
    answer = download(*find_shared(image_id, caller_of(app)))
    if format == "json":
        return uncached(HTTPStatus.OK, answer)
    return Response(HTTPStatus.FOUND, headers={"Location": answer.url, "Cache-Control": "no-store"})


@app.post(
    "/api/images/<image_id>/mosaic",
    tags=["pictures"],
    responses=answers(MosaicReady, 400, 401, 403, 404, 409, 422, 429, 503) | answers(MosaicBegun, status=202),
)
def make_mosaic(image_id: str, request: Annotated[MosaicRequest, Body()]) -> Response[Any]:
    """Have a picture made of many small ones, unless it is there already."""
    made = ask_for(image_id, request, caller_of(app), app.current_event)
    return uncached(HTTPStatus.OK if made else HTTPStatus.ACCEPTED, made or MosaicBegun())


@app.get("/api/images/<image_id>/mosaic", tags=["pictures"], responses=answers(MosaicState, 401, 404, 422))
def mosaic(
    image_id: str,
    tiles: Annotated[TileSet, Query(description="What the tiles are")],
    tile_size: Annotated[int, Query(ge=limits.MIN_TILE, le=limits.MAX_TILE)],
    blend: Annotated[float, Query(ge=0, le=1)],
    width: Annotated[int, Query(ge=limits.MAX_TILE, le=limits.MAX_MOSAIC_PIXELS)] = limits.MOSAIC_PIXELS,
) -> Response[MosaicState]:
    """Tell how far a mosaic is that was asked for with the same words, and where it is."""
    request = MosaicRequest(tiles=tiles, tile_size=tile_size, blend=blend, width=width)
    return uncached(HTTPStatus.OK, MosaicState(state_of(image_id, request, caller_of(app))))


@app.get("/api/health", tags=["operation"], responses=answers(HealthAnswer, 401))
def health() -> HealthAnswer:
    """Tell that the API answers."""
    return HealthAnswer(version=settings().version)


@app.get("/api/settings", tags=["operation"], responses=answers(SettingsAnswer, 401))
def page_settings() -> SettingsAnswer:
    """Tell what the page needs to start."""
    pause = pausing.current()
    return SettingsAnswer(
        access=settings().access_mode,
        identity=_identity(),
        uploads=UploadLimits(
            types=list(limits.MEDIA_TYPES),
            endings=sorted({ending for endings in ENDINGS.values() for ending in endings}),
            max_bytes=settings().max_upload_mb * 2**20,
            max_files=min(limits.MAX_FILES_PER_REQUEST, settings().uploads_per_hour or limits.MAX_FILES_PER_REQUEST),
        ),
        model=settings().model_name,
        demo_only=settings().demo_only,
        tile_sets=settings().tile_sets,
        paused=pause is not None,
        pause=pause,
        limits=SendingLimits(
            uploads_per_hour=settings().uploads_per_hour,
            captions_per_hour=settings().captions_per_hour,
            captions_a_day=settings().captions_a_day,
            allowance=allowance.current(),
            picture_dollars=settings().picture_dollars,
        ),
        export_gb_dollars=settings().export_gb_dollars,
        default_visibility=settings().default_visibility,
        version=settings().version,
    )


def _identity() -> IdentitySettings | None:
    pool_id = settings().user_pool_id
    if not pool_id:
        return None
    return IdentitySettings(
        region=pool_id.partition("_")[0],
        user_pool_id=pool_id,
        client_id=settings().user_pool_client_id,
        endpoint=settings().identity_browser_endpoint,
        sign_up=settings().sign_up,
        passkeys=settings().passkeys,
    )


@app.get("/api/openapi.json", tags=["operation"], responses=answers(OpenApiDocument, 401))
def openapi() -> Response[Any]:
    """Describe the API."""
    return Response(HTTPStatus.OK, "application/json", whole_document())


@app.get("/api/docs", tags=["operation"], responses=answers(None, 401) | text("text/html"))
def docs() -> Response[Any]:
    """Show the API's description to people."""
    return Response(HTTPStatus.OK, "text/html; charset=utf-8", PAGE)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
