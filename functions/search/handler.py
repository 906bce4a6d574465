"""The Lambda behind search: by a query, or by a picture."""

from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import limits
from gallery.api.http import caller_of, resolver
from gallery.api.openapi import answers
from gallery.api.paging import Cursor, Limit
from search.models import SearchAnswer, SimilarAnswer
from search.searching import search
from search.similar import similar

logger = Logger()
app = resolver()

Words = Annotated[str, Query(min_length=1, max_length=limits.MAX_QUERY_LENGTH, description="What you look for")]
Verbatim = Annotated[bool, Query(description="Take no word for another one, whatever it seems to be")]
Score = Annotated[float, Query(ge=0, le=1, description="How well a picture has to fit at least")]


@app.get("/api/search", tags=["search"], responses=answers(SearchAnswer, 400, 401, 422))
def search_images(
    query: Words,
    limit: Limit = limits.DEFAULT_PAGE,
    cursor: Cursor = None,
    min_score: Score = 0,
    verbatim: Verbatim = False,
) -> SearchAnswer:
    """Find pictures by what they show, what was said of them and whose they are, best first."""
    return search(query, limit, cursor, min_score, caller_of(app), verbatim=verbatim)


@app.get("/api/images/<image_id>/similar", tags=["search"], responses=answers(SimilarAnswer, 401, 404, 422))
def similar_images(image_id: str, limit: Limit = limits.DEFAULT_PAGE) -> SimilarAnswer:
    """Find pictures that look like one, the most similar first."""
    return similar(image_id, limit, caller_of(app))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
