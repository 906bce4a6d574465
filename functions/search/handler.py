"""The Lambda behind search: by a query, or by a picture."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import limits
from gallery.api.days import Day
from gallery.api.filter_fields import CameraWords, Color, FileType, Name, require_possible
from gallery.api.http import caller_of, resolver, uncached
from gallery.api.openapi import answers
from gallery.api.paging import Cursor, Limit
from gallery.pictures.filters import Filters, Orientation
from search.models import SearchAnswer, SearchSuggestions, SimilarAnswer
from search.searching import Asked, search
from search.similar import similar
from search.suggesting import suggest

logger = Logger()
app = resolver()

Words = Annotated[
    str | None,
    Query(min_length=1, max_length=limits.MAX_QUERY_LENGTH, description="What you look for, unless filters do"),
]
Typed = Annotated[str, Query(min_length=1, max_length=limits.MAX_QUERY_LENGTH, description="What was typed so far")]
Verbatim = Annotated[bool, Query(description="Take no word for another one or for a filter, whatever it seems to be")]
Score = Annotated[float, Query(ge=0, le=1, description="How well a picture has to fit at least")]


@app.get("/api/search", tags=["search"], responses=answers(SearchAnswer, 400, 401, 404, 422))
def search_images(  # noqa: PLR0913, PLR0917 - each is a parameter of the contract
    query: Words = None,
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    min_score: Score = 0,
    verbatim: Verbatim = False,
    as_words: Annotated[
        str | None, Query(max_length=400, description="What of `understood` shall count as words, separated by commas")
    ] = None,
    first: Annotated[Day | None, Query(alias="from", description="Taken on this day or later")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Taken on this day or before")] = None,
    owner: Annotated[Name | None, Query(description="Whose: me, a username, or an image's `owner`")] = None,
    album: Annotated[Name | None, Query(description="The id of an album that you may see")] = None,
    label: Annotated[Name | None, Query(description="What it shows, whatever its case")] = None,
    type: Annotated[FileType | None, Query(description="A media type, or short: jpeg, raw")] = None,  # noqa: A002
    orientation: Annotated[Orientation | None, Query(description="How it is framed, as it is seen")] = None,
    camera: Annotated[CameraWords | None, Query(description="Words of the camera's maker and model")] = None,
    color: Annotated[Color | None, Query(description="Of its `color`: a name, or #rrggbb for what is near it")] = None,
    favourite: Annotated[bool, Query(description="One's own favourites; needs sign-in")] = False,
    has_place: Annotated[
        bool | None, Query(description="One's own pictures with a place, or without; needs sign-in")
    ] = None,
) -> SearchAnswer:
    """Find pictures by what they show, what was said of them and whose they are, best first, or by filters alone."""
    filters = Filters(
        first=first, last=last, owner=owner, album=album, label=label, type=type, orientation=orientation,
        camera=camera, color=color, favourite=favourite or None, has_place=has_place,
    )  # fmt: skip
    require_possible(filters)
    words = [each.strip() for each in (as_words or "").split(",")]
    asked = Asked(query=query, filters=filters, min_score=min_score, verbatim=verbatim, as_words=words)
    return search(asked, limit, cursor, caller_of(app))


@app.get("/api/suggestions/search", tags=["search"], responses=answers(SearchSuggestions, 401, 422))
def suggestions_for_search(query: Typed) -> Response[SearchSuggestions]:
    """Suggest people, albums, labels, months and cameras whose names the words of a query begin."""
    return uncached(HTTPStatus.OK, suggest(query, caller_of(app)))


@app.get("/api/images/<image_id>/similar", tags=["search"], responses=answers(SimilarAnswer, 401, 404, 422))
def similar_images(image_id: str, limit: Limit = limits.DEFAULT_PAGE) -> SimilarAnswer:
    """Find pictures that look like one, the most similar first."""
    return similar(image_id, limit, caller_of(app))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
