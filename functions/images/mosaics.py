"""Asking for mosaics of pictures; another function makes them."""

from dataclasses import asdict
from http import HTTPStatus

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import limits
from gallery.api.image import address_of
from gallery.api.quotas import granted
from gallery.aws import table
from gallery.aws.calls import call
from gallery.captioning.pausing import refuse_while_paused
from gallery.jobs import leases
from gallery.mosaics import mosaics, tiles
from gallery.mosaics.mosaics import Design, Mosaic
from gallery.pictures import rows
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image
from gallery.problems import Problem, invalid
from gallery.settings import settings
from images.models import MosaicFailed, MosaicPending, MosaicReady, MosaicRequest

_MADE_IN_SECONDS = 5
"""In the mean, about, with what Lambda needs to start."""

_TILE_STEP, _BLEND_STEPS = 4, 20
_WIDTHS = (320, 480, 640, 800, 1024, 1280, 1600, 2048, 2560, 3200, limits.MAX_MOSAIC_PIXELS)
"""Finer differences can't be seen, but each would be a mosaic to pay for: the nearest steps are made instead."""


def ask_for(image_id: str, request: MosaicRequest, caller: Caller, event: APIGatewayProxyEventV2) -> MosaicReady | None:
    """Return a mosaic if it is there and its tiles have not much changed since; else see to it that it is made.

    Raises 404 where there is no picture, 409 as long as there is nothing to see of it, 422 for tiles that aren't there,
    and for one that has to be made 429 where the caller has had too many within the hour, 503 while the brake is on or
    as many are being made as may be at once.
    """
    picture, design = find_image(image_id, caller), _design(request)
    if picture.content is None:
        raise Problem(HTTPStatus.CONFLICT, "There is nothing to see of this image (yet).")
    _require_tiles(design)
    mosaic, sketch = mosaics.find(image_id, design), mosaics.sketch(design)
    ready = _ready(mosaic, picture) if mosaic else None
    if ready and mosaic and tiles.alike(mosaic.sketch, sketch):
        return ready
    if not (mosaic and mosaic.is_at_work):
        refuse_while_paused()
        with granted("mosaics", 1, caller, event) as grant:
            if not grant.amount:
                raise grant.too_many()
            _begin(picture, design, sketch, mosaic)
    return None


def state_of(image_id: str, request: MosaicRequest, caller: Caller) -> MosaicReady | MosaicPending | MosaicFailed:
    """Return what became of a mosaic; raises the 404 where nobody asked for it, or what it was made of has changed."""
    picture = find_image(image_id, caller)
    mosaic = mosaics.find(image_id, _design(request))
    if mosaic is None:
        raise _not_asked_for()
    if mosaic.is_at_work:
        return MosaicPending(progress=mosaic.progress)
    if mosaic.status != "ready":
        return MosaicFailed(detail=mosaic.detail or "The mosaic was not finished. Please ask for it again.")
    ready = _ready(mosaic, picture)
    if ready is None:
        raise _not_asked_for()
    return ready


def _design(request: MosaicRequest) -> Design:
    tile_size = _TILE_STEP * round(request.tile_size / _TILE_STEP)
    blend = round(request.blend * _BLEND_STEPS) / _BLEND_STEPS
    return Design(request.tiles, tile_size, blend, min(_WIDTHS, key=lambda width: abs(width - request.width)))


def _require_tiles(design: Design) -> None:
    if design.tiles not in settings().tile_sets:
        raise invalid("tiles", f"This gallery has no {design.tiles} tiles; it has {', '.join(settings().tile_sets)}.")
    if design.tiles == "gallery" and not table.sort_keys(rows.by_tile("public"), 1):
        raise invalid("tiles", "The gallery has no public pictures to make a mosaic of.")


def _ready(mosaic: Mosaic, picture: Picture) -> MosaicReady | None:
    made, url = mosaics.may_show(mosaic, picture), address_of(mosaic.key)
    if made is None or url is None:
        return None
    return MosaicReady(url=url, columns=made.columns, rows=made.rows, tiles_used=made.tiles_used)


def _begin(picture: Picture, design: Design, sketch: bytes, mosaic: Mosaic | None) -> None:
    try:
        job = mosaics.begin(picture, design, sketch, mosaic)
    except leases.NoneLeft as error:
        raise _all_at_work() from error
    if job is None:
        return
    try:
        call(settings().mosaic_function, {"mosaic": asdict(job)})
    except Exception:
        mosaics.fail(job, "The mosaic could not be begun. Please ask for it again.")
        leases.release(job.held)
        raise
    mosaics.make_room(job, mosaic)


def _all_at_work() -> Problem:
    detail = "As many mosaics are being made as may be at once. Please ask again in a moment."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": str(_MADE_IN_SECONDS)})


def _not_asked_for() -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, "There is no such mosaic (any more). POST the same words to have it made.")
