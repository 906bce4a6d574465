"""The Lambda behind albums: the routes."""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from albums.entries import add, move, take_out
from albums.linking import change_link, end_link, list_links, make_link
from albums.managing import bring_back, clear, delete, edit, etag, list_albums, make
from albums.members import accept, let_in, list_people, remove
from albums.models import (
    AlbumChange,
    AlbumPeopleAnswer,
    AlbumsAnswer,
    LinkAnswer,
    LinkChange,
    LinksAnswer,
    MadeLink,
    NewAlbum,
    NewLink,
    PersonToLetIn,
    PicturesToAdd,
    PicturesToMove,
    PicturesToTakeOut,
    Review,
)
from albums.pages import HEADERS, cover, page_of
from albums.reviewing import review
from gallery import limits
from gallery.albums import albums as heads
from gallery.albums import clearing
from gallery.albums.albums import Album
from gallery.api.album import AlbumView, present_album
from gallery.api.batch import BatchAnswer
from gallery.api.cutting import MEDIA_TYPE
from gallery.api.http import caller_of, resolver, signed_in, uncached
from gallery.api.openapi import answers
from gallery.api.paging import Cursor, Limit
from gallery.people import people
from gallery.pictures.access import Caller

logger = Logger()
app = resolver()


@app.post(
    "/api/albums", tags=["albums"], responses=answers(AlbumView, 400, 401, 403, 422, 503, status=201), status_code=201
)
def make_album(request: Annotated[NewAlbum, Body()]) -> Response[AlbumView]:
    """Make an album without pictures."""
    return _shown(make(request, signed_in(app)), HTTPStatus.CREATED)


@app.get("/api/albums", tags=["albums"], responses=answers(AlbumsAnswer, 400, 401, 404, 422))
def albums(
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    owner: Annotated[
        str | None,
        Query(
            pattern=f"^me$|{people.USERNAME}",
            description="`me` for one's own, which needs sign-in; a username for that person's public ones",
        ),
    ] = None,
) -> Response[AlbumsAnswer]:
    """List public albums and those shared with you, your own, or somebody's public ones, newest first."""
    return uncached(HTTPStatus.OK, list_albums(owner, limit, cursor, caller_of(app)))


@app.get("/api/albums/<album_id>", tags=["albums"], responses=answers(AlbumView, 401, 404))
def album(album_id: str) -> Response[AlbumView]:
    """Get one album, as you see it."""
    return _shown(heads.find_for(album_id, caller_of(app)))


@app.patch(
    "/api/albums/<album_id>",
    tags=["albums"],
    responses=answers(AlbumView, 400, 401, 403, 404, 412, 422, 428, 503),
)
def change_album(
    album_id: str,
    change: Annotated[AlbumChange, Body()],
    if_match: Annotated[str | None, Header(alias="If-Match", description="The version, in quotes")] = None,
) -> Response[AlbumView]:
    """Change what is said of the version you saw, who sees it, its order and cover."""
    return _shown(edit(album_id, change, if_match, caller_of(app)))


@app.delete("/api/albums/<album_id>", tags=["albums"], responses=answers(None, 401, 403, 404, 503, status=204))
def delete_album(album_id: str) -> Response[None]:
    """Delete an album and its links at once; its pictures stay where else they are."""
    delete(album_id, caller_of(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.put("/api/albums/<album_id>/images", tags=["albums"], responses=answers(BatchAnswer, 400, 401, 403, 404, 409, 422))
def add_to_album(album_id: str, request: Annotated[PicturesToAdd, Body()]) -> BatchAnswer:
    """Put up to a hundred pictures of your own into an album; done again it changes nothing."""
    return add(album_id, request, _account())


@app.delete("/api/albums/<album_id>/images", tags=["albums"], responses=answers(BatchAnswer, 400, 401, 403, 404, 422))
def take_out_of_album(album_id: str, request: Annotated[PicturesToTakeOut, Body()]) -> BatchAnswer:
    """Take pictures out of an album: its owner any, others their own."""
    return take_out(album_id, request.ids, _account())


@app.post("/api/albums/<album_id>/order", tags=["albums"], responses=answers(BatchAnswer, 400, 401, 403, 404, 409, 422))
def order_album(album_id: str, request: Annotated[PicturesToMove, Body()]) -> BatchAnswer:
    """Let pictures stand right behind another one, in an album whose order is manual."""
    return move(album_id, request, _account())


@app.get("/api/albums/<album_id>/people", tags=["albums"], responses=answers(AlbumPeopleAnswer, 401, 403, 404))
def album_people(album_id: str) -> Response[AlbumPeopleAnswer]:
    """List who has a part in an album; its owner sees who is asked into it, too."""
    return uncached(HTTPStatus.OK, list_people(album_id, caller_of(app)))


@app.put(
    "/api/albums/<album_id>/people/<username>",
    tags=["albums"],
    responses=answers(None, 400, 401, 403, 404, 409, 422, 503, status=204),
)
def let_into_album(album_id: str, username: str, request: Annotated[PersonToLetIn, Body()]) -> Response[None]:
    """Let somebody into your album, or ask them in; as `me`, come into one that you are asked into."""
    person = signed_in(app)
    if username == "me":
        accept(album_id, person)
    else:
        let_in(album_id, username, request.role, caller_of(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.delete(
    "/api/albums/<album_id>/people/<username>", tags=["albums"], responses=answers(None, 401, 403, 404, 503, status=204)
)
def leave_album(album_id: str, username: str) -> Response[None]:
    """Let somebody go with their pictures, or as `me` leave yourself, or decline to come in."""
    person = signed_in(app)
    if username == "me":
        clearing.leave(album_id, person.sub)
    else:
        remove(album_id, username, caller_of(app))
    return Response(HTTPStatus.NO_CONTENT)


@app.post(
    "/api/albums/<album_id>/links",
    tags=["albums"],
    responses=answers(MadeLink, 400, 401, 403, 404, 409, 422, 503, status=201),
    status_code=201,
)
def make_album_link(album_id: str, request: Annotated[NewLink, Body()]) -> Response[MadeLink]:
    """Make a link that opens an album for whoever has it; the token is told this once."""
    return uncached(HTTPStatus.CREATED, make_link(album_id, request, _account()))


@app.get("/api/albums/<album_id>/links", tags=["albums"], responses=answers(LinksAnswer, 401, 403, 404))
def album_links(album_id: str) -> Response[LinksAnswer]:
    """List the links to your album that work, with how often each was opened."""
    return uncached(HTTPStatus.OK, list_links(album_id, _account()))


@app.patch(
    "/api/albums/<album_id>/links/<link_id>",
    tags=["albums"],
    responses=answers(LinkAnswer, 400, 401, 403, 404, 422, 503),
)
def change_album_link(album_id: str, link_id: str, change: Annotated[LinkChange, Body()]) -> Response[LinkAnswer]:
    """Change what a link to your album opens and allows, its end or its password."""
    return uncached(HTTPStatus.OK, change_link(album_id, link_id, change, _account()))


@app.delete(
    "/api/albums/<album_id>/links/<link_id>", tags=["albums"], responses=answers(None, 401, 403, 404, 503, status=204)
)
def end_album_link(album_id: str, link_id: str) -> Response[None]:
    """Let a link to your album open nothing any more, at once."""
    end_link(album_id, link_id, _account())
    return Response(HTTPStatus.NO_CONTENT)


@app.post("/api/albums/<album_id>/review", tags=["albums"], responses=answers(BatchAnswer, 400, 401, 403, 404, 422))
def review_album(album_id: str, request: Annotated[Review, Body()]) -> BatchAnswer:
    """Accept or reject what guests added to your album; what is rejected goes to your trash."""
    return review(album_id, request, _account())


@app.route("/a/<token>", method=["GET", "HEAD"], include_in_schema=False)
def album_page(token: str) -> Response[Any]:
    """Show people the album that a link opens, and chat programs what to show of it."""
    status, page = page_of(token)
    return Response(status, "text/html; charset=utf-8", page, headers=HEADERS)


@app.get("/a/<token>/cover.jpg", include_in_schema=False)
def album_cover(token: str) -> Response[str]:
    """Show chat programs the picture that stands for an album, in the shape of their previews."""
    answer = Response(HTTPStatus.OK, MEDIA_TYPE, b64encode(cover(token)).decode(), headers=HEADERS)
    answer.base64_encoded = True
    return answer


def _account() -> Caller:
    signed_in(app)
    return caller_of(app)


def _shown(album: Album, status: HTTPStatus = HTTPStatus.OK) -> Response[AlbumView]:
    return uncached(status, present_album(album, caller_of(app)), {"ETag": etag(album)})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0), or go on with clearing or bringing back albums."""
    if "clear" in event:
        return {"over": clear(event["clear"], context.get_remaining_time_in_millis)}
    if "bring_back" in event:
        return {"brought_back": bring_back(event["bring_back"])}
    return app.resolve(event, context)
