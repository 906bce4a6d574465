"""The Lambda behind profiles and who follows whom."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import limits
from gallery.api.http import caller_of, resolver, signed_in, uncached
from gallery.api.openapi import answers
from gallery.api.paging import Cursor, Limit
from gallery.people import follows, people
from gallery.problems import invalid
from people.exporting import Job, address_of_file, make
from people.listing import connections, mutual_followers, named_like, suggested
from people.models import (
    ErasureBegun,
    ExportPending,
    ExportReady,
    ExportRequest,
    MatchingUsersAnswer,
    Me,
    OriginalsPart,
    OriginalsPending,
    OriginalsReady,
    ProfileChange,
    SuggestionsAnswer,
    User,
    UsersAnswer,
)
from people.originals import parts_or_progress
from people.profiles import change, me, named, users

logger = Logger()
app = resolver()


@app.get("/api/me", tags=["people"], responses=answers(Me, 401, 403))
def get_me() -> Response[Any]:
    """Get one's own profile, made on first sight."""
    return uncached(HTTPStatus.OK, me(signed_in(app), caller_of(app)))


@app.patch("/api/me", tags=["people"], responses=answers(Me, 400, 401, 403, 409, 422, 503))
def change_me(request: Annotated[ProfileChange, Body()]) -> Response[Any]:
    """Change one's own profile; the username can be chosen once."""
    return uncached(HTTPStatus.OK, me(change(signed_in(app), request), caller_of(app)))


@app.delete("/api/me", tags=["people"], responses=answers(ErasureBegun, 401, 403, 503, status=202))
def delete_me() -> Response[Any]:
    """Delete one's account: it is blocked at once, and everything of it erased soon after and surely."""
    person = signed_in(app)
    people.begin_erasure(person)
    logger.info("erasure begun", extra={"sub": person.sub})
    return uncached(HTTPStatus.ACCEPTED, ErasureBegun())


@app.post(
    "/api/me/export",
    tags=["people"],
    responses=answers(ExportReady | OriginalsReady, 400, 401, 403, 422, 503)
    | answers(OriginalsPending | ExportPending, status=202),
)
def export_me(request: Annotated[ExportRequest | None, Body()] = None) -> Response[Any]:
    """Have everything of one's own put into a file, or originals into several; ask again until there are addresses."""
    person = signed_in(app)
    if request and request.originals:
        return _originals(person.sub, anew=request.anew)
    url = address_of_file(person.sub)
    if url is None:
        return uncached(HTTPStatus.ACCEPTED, ExportPending(), {"Retry-After": "2"})
    return uncached(HTTPStatus.OK, ExportReady(url=url))


def _originals(sub: str, *, anew: bool) -> Response[Any]:
    state = parts_or_progress(sub, anew=anew)
    if isinstance(state, tuple):
        done, of = state
        return uncached(HTTPStatus.ACCEPTED, OriginalsPending(done=done, of=of), {"Retry-After": "5"})
    return uncached(HTTPStatus.OK, OriginalsReady(parts=[OriginalsPart.model_validate(part) for part in state]))


@app.get("/api/users", tags=["people"], responses=answers(MatchingUsersAnswer, 401, 403, 422))
def find_users(
    query: Annotated[str, Query(min_length=1, max_length=100, description="Beginnings of words of a name")],
) -> Response[Any]:
    """Find people by the beginnings of their names, ten at the most."""
    return uncached(HTTPStatus.OK, named_like(query, signed_in(app)))


@app.get("/api/users/<username>", tags=["people"], responses=answers(User, 401, 404))
def get_user(username: str) -> Response[Any]:
    """Get somebody's profile."""
    (answer,) = users([named(username)], caller_of(app))
    return uncached(HTTPStatus.OK, answer)


@app.put("/api/users/<username>/follow", tags=["people"], responses=answers(None, 401, 403, 404, 422, 503, status=204))
def follow_user(username: str) -> Response[None]:
    """Follow somebody; idempotent."""
    person, other = signed_in(app), named(username)
    if person.sub == other.sub:
        raise invalid("username", "Nobody follows themselves.")
    follows.follow(person.sub, other.sub)
    return Response(HTTPStatus.NO_CONTENT)


@app.delete("/api/users/<username>/follow", tags=["people"], responses=answers(None, 401, 403, 404, 503, status=204))
def unfollow_user(username: str) -> Response[None]:
    """Unfollow somebody; idempotent."""
    person, other = signed_in(app), people.by_username(username)
    if other is None:
        raise people.no_such_person()
    follows.unfollow(person.sub, other.sub)
    return Response(HTTPStatus.NO_CONTENT)


@app.get("/api/users/<username>/followers", tags=["people"], responses=answers(UsersAnswer, 400, 401, 404, 422))
def list_followers(username: str, limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> Response[Any]:
    """List who follows somebody."""
    return uncached(HTTPStatus.OK, connections("followers", named(username), limit, cursor, caller_of(app)))


@app.get("/api/users/<username>/following", tags=["people"], responses=answers(UsersAnswer, 400, 401, 404, 422))
def list_following(username: str, limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> Response[Any]:
    """List whom somebody follows."""
    return uncached(HTTPStatus.OK, connections("following", named(username), limit, cursor, caller_of(app)))


@app.get("/api/users/<username>/mutual", tags=["people"], responses=answers(UsersAnswer, 400, 401, 403, 404, 422))
def list_mutual(username: str, limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> Response[Any]:
    """List who follows both somebody and oneself."""
    viewer = signed_in(app)
    return uncached(HTTPStatus.OK, mutual_followers(named(username), viewer, limit, cursor))


@app.get("/api/suggestions", tags=["people"], responses=answers(SuggestionsAnswer, 401, 403, 422))
def suggest(limit: Limit = limits.SUGGESTIONS) -> Response[Any]:
    """Suggest people followed by those whom one follows, most shared connections first."""
    return uncached(HTTPStatus.OK, suggested(signed_in(app), limit))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0), or make a file that one asked for."""
    if "export" in event:
        return {"made": make(Job(**event["export"]))}
    return app.resolve(event, context)
